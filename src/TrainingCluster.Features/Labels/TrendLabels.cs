using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Labels;

/// <summary>
/// Labels by trend scanning (López de Prado 2020, "Machine Learning for Asset Managers", section 5.4): lines are
/// fitted to log prices over every number of bars from the shortest to the longest, and the one with the largest
/// |t| of its slope says the direction. Prices begin at the fill, open[t+1], and go on with the opens after it.
/// </summary>
/// <param name="Direction">The sign of the slope; 0 where there is no label or no slope.</param>
/// <param name="Strength">t of the slope, with its sign, within ±1e6; NaN where there is no label.</param>
/// <param name="LineEnd">The last bar of the line; the bar itself where there is no label.</param>
/// <param name="LastBar">The last bar the label looks at, that of the longest line: the choice between the lines
/// depends on all of them, so purging by the end of the chosen one would leak. The bar itself where there is no
/// label.</param>
public sealed record TrendLabels(
    ImmutableArray<sbyte> Direction, ImmutableArray<double> Strength, ImmutableArray<int> LineEnd,
    ImmutableArray<int> LastBar)
{
    private const double Largest = 1e6;

    /// <param name="bars">The bars.</param>
    /// <param name="shortest">Fewest bars of a line, at least 3.</param>
    /// <param name="longest">Most bars of a line, at least <paramref name="shortest"/>.</param>
    public static TrendLabels Compute(BarSeries bars, int shortest = 5, int longest = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, shortest);
        var direction = new sbyte[bars.Count];
        var strength = new double[bars.Count];
        var end = new int[bars.Count];
        var last = new int[bars.Count];
        var log = new double[bars.Count];
        for (var t = 0; t < bars.Count; t++)
        {
            log[t] = Math.Log(bars.Open[t]);
        }

        for (var t = 0; t < bars.Count; t++)
        {
            (strength[t], end[t], last[t]) = (double.NaN, t, t);
            if (t + (long)longest < bars.Count)
            {
                var (value, length) = Strongest(log.AsSpan(t + 1, longest), shortest);
                (strength[t], direction[t], end[t]) = (value, (sbyte)Math.Sign(value), t + length);
                last[t] = t + longest;
            }
        }

        return new TrendLabels(
            ImmutableCollectionsMarshal.AsImmutableArray(direction),
            ImmutableCollectionsMarshal.AsImmutableArray(strength),
            ImmutableCollectionsMarshal.AsImmutableArray(end),
            ImmutableCollectionsMarshal.AsImmutableArray(last));
    }

    /// <summary>The first of the lines whose |t| is largest, and its number of prices.</summary>
    private static (double Value, int Length) Strongest(ReadOnlySpan<double> prices, int shortest)
    {
        // Taken from the first price, so that sums of squares do not cancel.
        var (sumX, sumXx, sumY, sumXy, sumYy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var (best, length) = (0.0, shortest);
        for (var i = 0; i < prices.Length; i++)
        {
            var y = prices[i] - prices[0];
            (sumX, sumXx, sumY) = (sumX + i, sumXx + (double)i * i, sumY + y);
            (sumXy, sumYy) = (sumXy + i * y, sumYy + y * y);
            var n = i + 1;
            if (n < shortest)
            {
                continue;
            }

            var spread = sumXx - sumX * sumX / n;
            var slope = (sumXy - sumX * sumY / n) / spread;
            var residual = Math.Max(0, sumYy - sumY * sumY / n - slope * slope * spread);
            var error = Math.Sqrt(residual / (n - 2) / spread);
            var value = slope == 0 ? 0 : Math.Clamp(slope / error, -Largest, Largest);
            if (Math.Abs(value) > Math.Abs(best))
            {
                (best, length) = (value, n);
            }
        }

        return (best, length);
    }
}
