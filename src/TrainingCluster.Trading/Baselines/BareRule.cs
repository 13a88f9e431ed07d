using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Trading.Baselines;

/// <summary>A strategy's own signal, held at full size: what its model has to beat.</summary>
public static class BareRule
{
    /// <summary>One position a bar: −1, 0 or 1.</summary>
    public static double[] Positions(BarSeries bars, IStrategyRule rule)
    {
        var signal = rule.Evaluate(bars).Signal.AsSpan();
        var positions = GC.AllocateUninitializedArray<double>(signal.Length);
        for (var t = 0; t < positions.Length; t++)
        {
            positions[t] = signal[t];
        }

        return positions;
    }
}
