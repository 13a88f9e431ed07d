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
        var (sorted, ranks) = Ranked(values);
        var counts = new int[values.Length];
        var block = (int)Math.Clamp(
            Math.Ceiling(reference.CorrelationTime <= 1 ? 1 : 2 * reference.CorrelationTime), 1, values.Length);
        var stream = new Seed(options.Seed).For("drift").For(reference.Name).Stream();
        var farther = 1;
        var (one, other) = (new double[values.Length], new double[current]);
        for (var i = 0; i < options.Resamples; i++)
        {
            Draw(one);
            Draw(other);
            farther += distance(one, other) >= observed ? 1 : 0;
        }

        return (double)farther / (options.Resamples + 1);

        // Counted by rank: what is drawn comes out sorted without sorting it.
        void Draw(double[] sample)
        {
            Array.Clear(counts);
            for (var filled = 0; filled < sample.Length;)
            {
                var place = stream.NextInt32(ranks.Length);
                var last = filled + Math.Min(block, sample.Length - filled);
                for (; filled < last; filled++)
                {
                    counts[ranks[place]]++;
                    place = place + 1 == ranks.Length ? 0 : place + 1;
                }
            }

            var written = 0;
            for (var rank = 0; rank < counts.Length; rank++)
            {
                for (var i = counts[rank]; i > 0; i--)
                {
                    sample[written++] = sorted[rank];
                }
            }
        }
    }

    /// <summary>The values in order, and where in that order each of them stands.</summary>
    private static (double[] Sorted, int[] Ranks) Ranked(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var places = new int[sorted.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(sorted, places);
        var ranks = new int[places.Length];
        for (var rank = 0; rank < places.Length; rank++)
        {
            ranks[places[rank]] = rank;
        }

        return (sorted, ranks);
    }
}
