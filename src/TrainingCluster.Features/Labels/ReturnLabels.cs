using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Labels;

/// <summary>What a position taken at the next open earns over a fixed number of bars.</summary>
/// <param name="Return">Log return from open[t+1] to open[t+1+bars]; NaN where a bar is missing.</param>
/// <param name="Direction">1 up, −1 down, 0 where the return is zero or not defined.</param>
/// <param name="LastBar">The last bar the label looks at; the bar itself where it has none.</param>
public sealed record ReturnLabels(
    ImmutableArray<double> Return, ImmutableArray<sbyte> Direction, ImmutableArray<int> LastBar)
{
    /// <param name="bars">The bars.</param>
    /// <param name="horizon">Bars held, at least 1.</param>
    public static ReturnLabels Compute(BarSeries bars, int horizon = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var returns = new double[bars.Count];
        var direction = new sbyte[bars.Count];
        var last = new int[bars.Count];
        for (var t = 0; t < bars.Count; t++)
        {
            var end = t + 1L + horizon;
            (returns[t], last[t]) = (double.NaN, t);
            if (end < bars.Count)
            {
                returns[t] = Math.Log(bars.Open[(int)end] / bars.Open[t + 1]);
                direction[t] = (sbyte)Math.Sign(returns[t]);
                last[t] = (int)end;
            }
        }

        return new ReturnLabels(
            ImmutableCollectionsMarshal.AsImmutableArray(returns),
            ImmutableCollectionsMarshal.AsImmutableArray(direction),
            ImmutableCollectionsMarshal.AsImmutableArray(last));
    }
}
