using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Rsi;

/// <summary>The relative strength index of the close, from −1 to 1 around its neutral 50.</summary>
public sealed class RsiFeature(RsiOptions options) : IFeature
{
    public ImmutableArray<string> Names { get; } = [$"rsi_{options.Period}"];

    public int WarmUp => options.Period;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var indicator = new RsiIndicator(options);
        var close = bars.Close;
        var column = columns[0];
        for (var t = 0; t < close.Length; t++)
        {
            column[t] = (indicator.Next(close[t]) - 50) / 50;
        }
    }
}
