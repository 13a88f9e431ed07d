using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>An indicator over one price of each bar.</summary>
public sealed class OnePrice(IValueIndicator indicator, PriceInput input) : IBarIndicator
{
    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => indicator.WarmUp;

    /// <summary>The bars' own column of the price; empty where it has to be computed bar by bar.</summary>
    internal ReadOnlySpan<double> Column(MarketData.Series.BarSeries bars) => input switch
    {
        PriceInput.Close => bars.Close,
        PriceInput.Open => bars.Open,
        PriceInput.High => bars.High,
        PriceInput.Low => bars.Low,
        PriceInput.Volume => bars.Volume,
        _ => default,
    };

    /// <summary>The same calls as bar by bar.</summary>
    internal void Fill(ReadOnlySpan<double> values, Span<double> column)
    {
        Func<double, double> next = indicator.Next;
        for (var t = 0; t < values.Length; t++)
        {
            column[t] = next(values[t]);
        }
    }

    public void Next(in BarValues bar, Span<double> outputs) => outputs[0] = indicator.Next(Of(bar, input));

    public static double Of(in BarValues bar, PriceInput input) => input switch
    {
        PriceInput.Open => bar.Open,
        PriceInput.High => bar.High,
        PriceInput.Low => bar.Low,
        PriceInput.Volume => bar.Volume,
        PriceInput.Median => (bar.High + bar.Low) / 2,
        PriceInput.Typical => bar.Typical,
        _ => bar.Close,
    };
}
