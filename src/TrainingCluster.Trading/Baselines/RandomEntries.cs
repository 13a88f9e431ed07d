using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Trading.Baselines;

/// <summary>
/// The same trades at other times: a reference's stays in the market and the gaps between them, each list
/// shuffled and laid out again. Exposure, sizes, sides and holding times are the reference's exactly; only
/// the timing is luck. Two stays on the same side that come to touch become one, so turnover can be a little
/// lower.
/// </summary>
public static class RandomEntries
{
    /// <param name="reference">One position a bar; only the window is read.</param>
    /// <param name="window">The bars whose positions are rearranged.</param>
    /// <param name="seed">Where the order comes from: same seed, same positions.</param>
    /// <returns>One position a bar, zero outside the window.</returns>
    public static double[] Positions(ReadOnlySpan<double> reference, IndexRange window, Seed seed)
    {
        var stays = new List<IndexRange>();
        var gaps = new List<int>();
        var gapStart = window.Start;
        for (var t = window.Start; t < window.End;)
        {
            var end = EndOfRun(reference, t, window.End);
            if (reference[t] != 0)
            {
                gaps.Add(t - gapStart);
                stays.Add(new IndexRange(t, end));
                gapStart = end;
            }

            t = end;
        }

        gaps.Add(window.End - gapStart);
        return LaidOut(reference, [.. stays], [.. gaps], window, seed.Stream());
    }

    private static double[] LaidOut(
        ReadOnlySpan<double> reference, IndexRange[] stays, int[] gaps, IndexRange window,
            RandomStream stream)
    {
        stream.Shuffle(stays.AsSpan());
        stream.Shuffle(gaps.AsSpan());
        var positions = new double[reference.Length];
        var t = window.Start;
        for (var i = 0; i < stays.Length; i++)
        {
            t += gaps[i];
            reference[stays[i].Start..stays[i].End].CopyTo(positions.AsSpan(t));
            t += stays[i].Count;
        }

        return positions;
    }

    private static int EndOfRun(ReadOnlySpan<double> positions, int start, int end)
    {
        var next = start + 1;
        while (next < end && Math.Sign(positions[next]) == Math.Sign(positions[start]))
        {
            next++;
        }

        return next;
    }
}
