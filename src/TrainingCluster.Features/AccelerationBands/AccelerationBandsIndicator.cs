using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.AccelerationBands;

/// <summary>
/// Headley's acceleration bands (Headley 2002, "Big Trends in Trading"): averages of high and low, moved
/// apart by four times the bar's range relative to high + low.
/// </summary>
public sealed class AccelerationBandsIndicator(AccelerationBandsOptions options) : IBarIndicator
{
    private readonly SmaIndicator _upper = new(PeriodRule.Require(options.Period, "accbands.period"));
    private readonly SmaIndicator _middle = new(options.Period);
    private readonly SmaIndicator _lower = new(options.Period);

    public ImmutableArray<string> Outputs { get; } = ["upper", "middle", "lower"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var sum = bar.High + bar.Low;
        var width = sum == 0 ? 0 : 4 * (bar.High - bar.Low) / sum;
        outputs[0] = _upper.Next(bar.High * (1 + width));
        outputs[1] = _middle.Next(bar.Close);
        outputs[2] = _lower.Next(bar.Low * (1 - width));
    }
}
