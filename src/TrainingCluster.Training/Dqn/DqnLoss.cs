namespace TrainingCluster.Training.Dqn;

/// <summary>The targets and the loss of DQN and BDQ, without any network.</summary>
public static class DqnLoss
{
    /// <summary>
    /// y = r + discount · mean over branches d of Q⁻_d(s′, a*_d), with a*_d the best choice of the values
    /// that choose: Tavakoli et al. 2018, equation 5; for one branch van Hasselt et al. 2016,
    /// arXiv:1509.06461, equation 4, or DQN's own target where both values are the target network's.
    /// </summary>
    /// <param name="choosing">[row, Σ choices]: the online network's (double) or the target's.</param>
    /// <param name="valuing">[row, Σ choices]: the target network's.</param>
    /// <param name="targets">[row], overwritten.</param>
    public static void Targets(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> choosing,
        ReadOnlySpan<float> valuing, ReadOnlySpan<int> branches, Span<float> targets)
    {
        var at = 0;
        for (var row = 0; row < rewards.Length; row++)
        {
            var sum = 0f;
            foreach (var choices in branches)
            {
                sum += valuing[at + Best(choosing.Slice(at, choices))];
                at += choices;
            }

            targets[row] = rewards[row] + discounts[row] * (sum / branches.Length);
        }
    }

    /// <summary>
    /// Mean over rows of weight · mean over branches of the Huber loss of y − Q_d(s, a_d) (Tavakoli et al.
    /// 2018, equation 6).
    /// </summary>
    /// <param name="values">[row, Σ choices].</param>
    /// <param name="actions">[row, branch], whole numbers.</param>
    /// <param name="slopes">Loss by values, [row, Σ choices], overwritten.</param>
    /// <param name="errors">[row], overwritten: Σ over branches of |y − Q_d| (equation 7).</param>
    public static double Errors(
        ReadOnlySpan<float> values, ReadOnlySpan<float> actions, ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights, ReadOnlySpan<int> branches, float huberWidth, Span<float> slopes,
        Span<float> errors)
    {
        slopes.Clear();
        var (loss, at) = (0.0, 0);
        var share = 1f / (targets.Length * branches.Length);
        for (var row = 0; row < targets.Length; row++)
        {
            errors[row] = 0;
            for (var branch = 0; branch < branches.Length; branch++)
            {
                var chosen = at + (int)actions[row * branches.Length + branch];
                var error = values[chosen] - targets[row];
                var size = MathF.Abs(error);
                errors[row] += size;
                slopes[chosen] = share * weights[row] * Math.Clamp(error, -huberWidth, huberWidth);
                var inner = Math.Min(size, huberWidth);
                loss += share * weights[row] * (inner * size - 0.5f * inner * inner);
                at += branches[branch];
            }
        }

        return loss;
    }

    /// <summary>The best choice; the first of equals.</summary>
    public static int Best(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
