namespace TrainingCluster.Training.Sac;

/// <summary>
/// A normal distribution squashed into ±1: a = tanh(u), u = μ + σ·ε (Haarnoja et al. 2018, arXiv:1812.05905,
/// appendix C). The correction is log(1 − a² + 10⁻⁶), as in Stable-Baselines3, and slopes are exactly its own.
/// </summary>
public static class TanhGaussian
{
    public const float SmallestLogDeviation = -20;
    public const float LargestLogDeviation = 2;
    private const float HalfLogTwoPi = 0.9189385332046727f;
    private const float Guard = 1e-6f;

    /// <summary>Actions of noise, and their log-probabilities.</summary>
    /// <param name="heads">[row, 2 × entry]: means, then log standard deviations, which are cut to −20 to
    /// 2.</param>
    /// <param name="noise">[row, entry]: ε, standard normal.</param>
    /// <param name="actions">[row, entry], overwritten.</param>
    /// <param name="logProbabilities">[row], overwritten: summed over entries.</param>
    public static void Sample(
        ReadOnlySpan<float> heads, ReadOnlySpan<float> noise, int entries, Span<float> actions,
        Span<float> logProbabilities)
    {
        for (var row = 0; row < logProbabilities.Length; row++)
        {
            var sum = 0f;
            for (var entry = 0; entry < entries; entry++)
            {
                var (at, epsilon) = (row * 2 * entries + entry, noise[row * entries + entry]);
                var logDeviation = Cut(heads[at + entries]);
                var action = MathF.Tanh(heads[at] + MathF.Exp(logDeviation) * epsilon);
                actions[row * entries + entry] = action;
                sum += -0.5f * epsilon * epsilon - logDeviation - HalfLogTwoPi
                    - MathF.Log(1 - action * action + Guard);
            }

            logProbabilities[row] = sum;
        }
    }

    /// <summary>
    /// The slope by the heads of α·log π(a) − Q(a) where a follows the heads (the reparametrised gradient,
    /// equation 10 of the paper).
    /// </summary>
    /// <param name="actions">[row, entry]: of <see cref="Sample"/>.</param>
    /// <param name="valueSlopes">[row, entry]: Q by action.</param>
    /// <param name="temperature">α.</param>
    /// <param name="scale">Factor on everything: 1 / rows for a mean.</param>
    /// <param name="slopes">[row, 2 × entry], overwritten.</param>
    public static void Slopes(
        ReadOnlySpan<float> heads, ReadOnlySpan<float> noise, ReadOnlySpan<float> actions,
        ReadOnlySpan<float> valueSlopes, int entries, float temperature, float scale, Span<float> slopes)
    {
        for (var i = 0; i < actions.Length; i++)
        {
            var (row, entry) = Math.DivRem(i, entries);
            var at = row * 2 * entries + entry;
            var logDeviation = heads[at + entries];
            var spread = MathF.Exp(Cut(logDeviation)) * noise[i];
            var action = actions[i];
            // ε is what it is: log π follows u through the squashing alone.
            var tangent = 1 - action * action;
            var through = tangent * (temperature * 2 * action / (tangent + Guard) - valueSlopes[i]);
            slopes[at] = scale * through;
            slopes[at + entries] = logDeviation is < SmallestLogDeviation or > LargestLogDeviation
                ? 0 : scale * (through * spread - temperature);
        }
    }

    private static float Cut(float logDeviation) =>
        Math.Clamp(logDeviation, SmallestLogDeviation, LargestLogDeviation);
}
