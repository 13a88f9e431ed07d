using System.Collections.Immutable;
using TrainingCluster.MarketData.Quality.Checks;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Adjustments;

/// <summary>
/// Finds jumps between a close and the next open that stand in the ratio of a usual split. It guesses: a fall by
/// half on bad news looks the same. Only factors that are given adjust prices.
/// </summary>
public static class SplitDetector
{
    /// <summary>An ordinary move may come on top of the split, up to as many robust deviations.</summary>
    private const double Deviations = 3;

    private const double LeastTolerance = 0.06;

    /// <summary>e^0.36.</summary>
    private const double Least = 1.4333294145603404;

    private static readonly ImmutableArray<(int New, int Old)> Usual =
    [
        (3, 2), (2, 1), (3, 1), (4, 1), (5, 1), (7, 1), (10, 1), (20, 1),
        (1, 2), (1, 3), (1, 4), (1, 5), (1, 8), (1, 10), (1, 20), (1, 50),
    ];

    public static ImmutableArray<SplitCandidate> Find(BarDraft bars) => Find(new CheckedBars(bars));

    internal static ImmutableArray<SplitCandidate> Find(CheckedBars bars)
    {
        if (bars.Returns is not { } returns)
        {
            return [];
        }

        var open = bars.Open;
        var close = bars.Close;
        var tolerance = Math.Max(LeastTolerance, Deviations * returns.Deviation);
        var found = ImmutableArray.CreateBuilder<SplitCandidate>();
        for (var t = 1; t < bars.Count; t++)
        {
            // Three for two is the smallest that is looked for; less is a day's news.
            var ratio = close[t - 1] / open[t];
            if (!(ratio is > Least or < 1 / Least) || returns.IsSpike(t, Deviations))
            {
                continue;
            }

            var jump = Math.Log(ratio);
            var (best, distance) = Usual
                .Select(usual => (usual, Distance: Math.Abs(jump - Math.Log((double)usual.New / usual.Old))))
                .MinBy(pair => pair.Distance);
            if (distance <= tolerance)
            {
                found.Add(new SplitCandidate(t, best.New, best.Old));
            }
        }

        return found.ToImmutable();
    }
}
