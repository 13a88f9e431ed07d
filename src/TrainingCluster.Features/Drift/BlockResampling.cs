using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Features.Drift;

/// <summary>
/// How far apart two stretches of one series come by chance: pairs are drawn from the reference in blocks on a
/// circle, long enough to keep its correlation (Politis, Romano 1992).
/// </summary>
internal static class BlockResampling
{
    /// <summary>Share of drawn pairs at least as far apart as observed, the observed pair included.</summary>
    public static double PValue(
        ColumnProfile reference, int current, double observed, DriftOptions options,
        Func<double[], double[], double> distance)
    {
        var values = reference.Values.AsSpan();
        var block = (int)Math.Clamp(
            Math.Ceiling(reference.CorrelationTime <= 1 ? 1 : 2 * reference.CorrelationTime), 1, values.Length);
        var stream = new Seed(options.Seed).For("drift").For(reference.Name).Stream();
        var farther = 1;
        var (one, other) = (new double[values.Length], new double[current]);
        for (var i = 0; i < options.Resamples; i++)
        {
            Draw(values, one, block, stream);
            Draw(values, other, block, stream);
            farther += distance(one, other) >= observed ? 1 : 0;
        }

        return (double)farther / (options.Resamples + 1);
    }

    private static void Draw(ReadOnlySpan<double> values, double[] sample, int block, RandomStream stream)
    {
        for (var filled = 0; filled < sample.Length;)
        {
            var start = stream.NextInt32(values.Length);
            for (var i = 0; i < block && filled < sample.Length; i++)
            {
                sample[filled++] = values[(start + i) % values.Length];
            }
        }

        Array.Sort(sample);
    }
}
