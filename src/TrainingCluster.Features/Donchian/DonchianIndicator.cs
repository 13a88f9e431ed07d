using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Donchian;

/// <summary>
/// The highest high and lowest low of the last bars, the present one included, and their middle (Donchian
/// 1960, "Commodities: High Finance in Copper", Financial Analysts Journal 16:6).
/// </summary>
public sealed class DonchianIndicator(DonchianOptions options) : IBarIndicator
{
    private readonly RollingExtreme _highest =
        RollingExtreme.Largest(PeriodRule.Require(options.Period, "donchian.period"));

    private readonly RollingExtreme _lowest = RollingExtreme.Smallest(options.Period);

    public ImmutableArray<string> Outputs { get; } = ["upper", "middle", "lower"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var (highest, lowest) = (_highest.Next(bar.High), _lowest.Next(bar.Low));
        (outputs[0], outputs[1], outputs[2]) = (highest, (highest + lowest) / 2, lowest);
    }
}
