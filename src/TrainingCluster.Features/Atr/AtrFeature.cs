using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Atr;

/// <summary>The average true range as a share of the close.</summary>
public sealed class AtrFeature(AtrOptions options) : IFeature
{
    public ImmutableArray<string> Names { get; } = [$"atr_{options.Period}"];

    public int WarmUp => options.Period;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var indicator = new AtrIndicator(options);
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var column = columns[0];
        for (var t = 0; t < column.Length; t++)
        {
            column[t] = indicator.Next(high[t], low[t], close[t]) / close[t];
        }
    }
}
