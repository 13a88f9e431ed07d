using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Returns;

/// <summary>
/// What happened between two bars: ln(open[t] / close[t−1]), the overnight return of daily bars.
/// </summary>
public sealed class GapFeature : IFeature
{
    public ImmutableArray<string> Names { get; } = ["gap"];

    public int WarmUp => 1;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var open = bars.Open;
        var close = bars.Close;
        var column = columns[0];
        for (var t = 1; t < open.Length; t++)
        {
            column[t] = Math.Log(open[t] / close[t - 1]);
        }
    }
}
