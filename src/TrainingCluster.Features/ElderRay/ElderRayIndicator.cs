using System.Collections.Immutable;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.ElderRay;

/// <summary>
/// Bull and bear power (Elder 1993, "Trading for a Living"): high and low above an exponential average of the
/// close.
/// </summary>
public sealed class ElderRayIndicator(ElderRayOptions options) : IBarIndicator
{
    private readonly EmaIndicator _average = new(new EmaOptions(PeriodRule.Require(options.Period, "elderray.period")));

    public ImmutableArray<string> Outputs { get; } = ["bull", "bear"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var average = _average.Next(bar.Close);
        (outputs[0], outputs[1]) = (bar.High - average, bar.Low - average);
    }
}
