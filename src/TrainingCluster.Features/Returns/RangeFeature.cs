using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Returns;

/// <summary>ln(high[t] / low[t]), the range of Parkinson 1980 (Journal of Business 53:1).</summary>
public sealed class RangeFeature : IFeature
{
    public ImmutableArray<string> Names { get; } = ["range"];

    public int WarmUp => 0;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var high = bars.High;
        var low = bars.Low;
        var column = columns[0];
        for (var t = 0; t < high.Length; t++)
        {
            column[t] = Math.Log(high[t] / low[t]);
        }
    }
}
