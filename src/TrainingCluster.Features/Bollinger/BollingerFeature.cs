using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Bollinger;

/// <summary>Where the close stands between the bands (%b), and how far apart they are (bandwidth).</summary>
public sealed class BollingerFeature(BollingerOptions options) : IFeature
{
    public ImmutableArray<string> Names { get; } =
        [$"bollinger_position_{options.Period}", $"bollinger_bandwidth_{options.Period}"];

    public int WarmUp => options.Period - 1;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var indicator = new BollingerIndicator(options);
        var close = bars.Close;
        var (positions, bandwidths) = (columns[0], columns[1]);
        for (var t = 0; t < close.Length; t++)
        {
            var value = indicator.Next(close[t]);
            if (t >= WarmUp)
            {
                positions[t] = value.Position(close[t]);
                bandwidths[t] = value.Bandwidth;
            }
        }
    }
}
