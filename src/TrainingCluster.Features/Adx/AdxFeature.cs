using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Adx;

/// <summary>Strength of the trend (ADX / 100) and its side ((+DI − −DI) / 100).</summary>
public sealed class AdxFeature(AdxOptions options) : IFeature
{
    public ImmutableArray<string> Names { get; } =
        [$"adx_{options.Period}", $"di_difference_{options.Period}"];

    public int WarmUp => options.WarmUp;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var indicator = new AdxIndicator(options);
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var (strengths, sides) = (columns[0], columns[1]);
        for (var t = 0; t < close.Length; t++)
        {
            var value = indicator.Next(high[t], low[t], close[t]);
            if (t >= WarmUp)
            {
                strengths[t] = value.Adx / 100;
                sides[t] = (value.PlusDi - value.MinusDi) / 100;
            }
        }
    }
}
