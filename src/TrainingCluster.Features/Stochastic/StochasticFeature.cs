using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Stochastic;

/// <summary>The fast %K as a share: 0 at the lowest low, 1 at the highest high.</summary>
public sealed class StochasticFeature(StochasticOptions options) : IFeature
{
    public ImmutableArray<string> Names { get; } = [$"stochastic_{options.Period}"];

    public int WarmUp => options.Period - 1;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var indicator = new StochasticIndicator(options);
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var column = columns[0];
        for (var t = 0; t < close.Length; t++)
        {
            column[t] = indicator.Next(high[t], low[t], close[t]) / 100;
        }
    }
}
