using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Returns;

/// <summary>ln(close[t] / close[t − bars]) (Campbell, Lo, MacKinlay 1997, equation 1.4.3).</summary>
/// <param name="bars">How far back, at least 1.</param>
public sealed class LogReturnFeature(int bars) : IFeature
{
    private readonly int _bars = PeriodRule.Require(bars, "return.bars");

    public ImmutableArray<string> Names { get; } = [$"return_{bars}"];

    public int WarmUp => _bars;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var close = bars.Close;
        var column = columns[0];
        for (var t = _bars; t < close.Length; t++)
        {
            column[t] = Math.Log(close[t] / close[t - _bars]);
        }
    }
}
