using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Macd;

/// <summary>Line, signal and histogram as shares of the close, so that price level does not matter.</summary>
public sealed class MacdFeature(MacdOptions options) : IFeature
{
    public ImmutableArray<string> Names { get; } = ["macd_line", "macd_signal", "macd_histogram"];

    public int WarmUp => options.WarmUp;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var indicator = new MacdIndicator(options);
        var close = bars.Close;
        var (lines, signals, histograms) = (columns[0], columns[1], columns[2]);
        for (var t = 0; t < close.Length; t++)
        {
            var value = indicator.Next(close[t]);
            if (t >= WarmUp)
            {
                lines[t] = value.Line / close[t];
                signals[t] = value.Signal / close[t];
                histograms[t] = value.Histogram / close[t];
            }
        }
    }
}
