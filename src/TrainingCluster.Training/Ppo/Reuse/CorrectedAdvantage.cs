using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Ppo.Reuse;

/// <summary>
/// GAE(γ, λ) for steps that another policy μ took: A_t = δ_t + γλ·c_t+1·A_t+1 with c_t = min(1, π(a_t|s_t) /
/// μ(a_t|s_t)), and the critic's target V(s_t) + c_t·A_t. That target is v_t of V-trace with ρ̄ = c̄ = 1 and λ in the
/// traces (Espeholt et al. 2018, arXiv:1802.01561, equation 1 and remark 2); the advantage leaves out the ratio of its
/// own action, which the loss applies. Where π is μ, both are those of <see cref="GeneralizedAdvantage"/>.
/// </summary>
public static class CorrectedAdvantage
{
    /// <param name="rewards">[step, episode].</param>
    /// <param name="values">[step, episode]: V of today's critic.</param>
    /// <param name="ends">[step, episode].</param>
    /// <param name="finalValues">[step, episode]: V of the last observation; read where a step truncated.</param>
    /// <param name="lastValues">[episode]: V of the observation after the last step.</param>
    /// <param name="traces">[step, episode]: c, in [0, 1].</param>
    /// <param name="advantages">[step, episode], overwritten.</param>
    /// <param name="targets">[step, episode], overwritten.</param>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, ReadOnlySpan<EpisodeEnd> ends,
        ReadOnlySpan<float> finalValues, ReadOnlySpan<float> lastValues, ReadOnlySpan<float> traces,
        PpoDiscounts discounts, Span<float> advantages, Span<float> targets)
    {
        var episodes = lastValues.Length;
        var steps = rewards.Length / episodes;
        for (var episode = 0; episode < episodes; episode++)
        {
            var (next, carried) = ((double)lastValues[episode], 0.0);
            for (var step = steps - 1; step >= 0; step--)
            {
                var at = step * episodes + episode;
                (next, carried) = ends[at] switch
                {
                    EpisodeEnd.None => (next, carried),
                    EpisodeEnd.Terminated => (0.0, 0.0),
                    _ => (finalValues[at], 0.0),
                };
                var error = rewards[at] + discounts.Gamma * next - values[at];
                var advantage = error + discounts.Gamma * discounts.Lambda * carried;
                carried = traces[at] * advantage;
                advantages[at] = (float)advantage;
                targets[at] = (float)(carried + values[at]);
                next = values[at];
            }
        }
    }
}

/// <summary>γ and λ, each in [0, 1].</summary>
public readonly record struct PpoDiscounts(double Gamma, double Lambda);
