using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Momentum;

/// <summary>
/// The change against the value some bars ago: momentum, and rate of change in its three scales (Achelis
/// 2000, "Technical Analysis from A to Z"). Ratios to an earlier value of 0 are 0.
/// </summary>
public sealed class MomentumIndicator(MomentumOptions options) : IValueIndicator
{
    private readonly Delay _earlier = new(PeriodRule.Require(options.Period, "momentum.period"));

    public int WarmUp => options.Period;

    public double Next(double value)
    {
        var earlier = _earlier.Next(value);
        if (options.Scale == ChangeScale.Difference)
        {
            return value - earlier;
        }

        return (earlier, options.Scale) switch
        {
            (0, _) => 0,
            (_, ChangeScale.Percent) => 100 * (value / earlier - 1),
            (_, ChangeScale.RatioPercent) => 100 * (value / earlier),
            _ => value / earlier,
        };
    }
}
