using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.BalanceOfPower;

/// <summary>
/// Where the bar moved within its range, −1 to 1 (Livshin 2001, "Balance of Market Power", Stocks and
/// Commodities 19:8); 0 for a bar without range.
/// </summary>
public sealed class BalanceOfPowerIndicator : IBarIndicator
{
    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => 0;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var range = bar.High - bar.Low;
        outputs[0] = range == 0 ? 0 : (bar.Close - bar.Open) / range;
    }
}
