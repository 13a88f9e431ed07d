using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// GAE(γ, λ): Schulman et al. 2016, arXiv:1506.02438, equation 16, computed backwards over a rollout. δ_t =
/// r_t + γ·V(s_t+1) − V(s_t);  A_t = δ_t + γλ·A_t+1;  an episode's end cuts both terms. After a termination
/// V(s_t+1) is 0; after a truncation it is the value of the episode's own last observation.
/// </summary>
public static class GeneralizedAdvantage
{
    /// <param name="rewards">[step, episode].</param>
    /// <param name="values">[step, episode]: V of the observation that the step acted on.</param>
    /// <param name="ends">[step, episode]: how the step ended its episode.</param>
    /// <param name="finalValues">[step, episode]: V of the last observation; read where a step
    /// truncated.</param>
    /// <param name="lastValues">[episode]: V of the observation after the last step; not read where it
    /// ended.</param>
    /// <param name="advantages">[step, episode], overwritten.</param>
    /// <param name="returns">[step, episode], overwritten: advantage + value, the target of the
    /// critic.</param>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, ReadOnlySpan<EpisodeEnd> ends,
        ReadOnlySpan<float> finalValues, ReadOnlySpan<float> lastValues, double gamma, double lambda,
        Span<float> advantages, Span<float> returns)
    {
        var episodes = lastValues.Length;
        var steps = rewards.Length / episodes;
        for (var episode = 0; episode < episodes; episode++)
        {
            var next = (double)lastValues[episode];
            var advantage = 0.0;
            for (var step = steps - 1; step >= 0; step--)
            {
                var at = step * episodes + episode;
                (next, advantage) = ends[at] switch
                {
                    EpisodeEnd.None => (next, advantage),
                    EpisodeEnd.Terminated => (0.0, 0.0),
                    _ => (finalValues[at], 0.0),
                };
                var error = rewards[at] + gamma * next - values[at];
                advantage = error + gamma * lambda * advantage;
                advantages[at] = (float)advantage;
                returns[at] = (float)(advantage + values[at]);
                next = values[at];
            }
        }
    }
}
