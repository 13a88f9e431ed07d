using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.WilliamsR;

/// <summary>
/// Williams' %R, −100 at the lowest low to 0 at the highest high (Williams 1973, "How I Made One Million
/// Dollars Last Year Trading Commodities"); −50 where these are equal.
/// </summary>
public sealed class WilliamsRIndicator(WilliamsROptions options) : IBarIndicator
{
    private readonly RollingExtreme _highest =
        RollingExtreme.Largest(PeriodRule.Require(options.Period, "willr.period"));

    private readonly RollingExtreme _lowest = RollingExtreme.Smallest(options.Period);

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var highest = _highest.Next(bar.High);
        var range = highest - _lowest.Next(bar.Low);
        outputs[0] = range == 0 ? -50 : -100 * ((highest - bar.Close) / range);
    }
}
