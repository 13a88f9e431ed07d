using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>An indicator over one price of each bar.</summary>
public sealed class OnePrice(IValueIndicator indicator, PriceInput input) : IBarIndicator
{
    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => indicator.WarmUp;

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
