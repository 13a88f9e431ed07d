using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Ppo;

/// <summary>
/// The percentage price oscillator (Appel 2005, "Technical Analysis: Power Tools for Active Investors"): the
/// fast exponential average above the slow one, in percent of the slow one.
/// </summary>
public sealed class PpoIndicator(PpoOptions options) : IValueIndicator
{
    private readonly EmaIndicator _fast = new(new EmaOptions(PeriodRule.Require(options.Fast, "ppo.fast")));
    private readonly EmaIndicator _slow =
        new(new EmaOptions(PeriodRule.Require(options.Slow, "ppo.slow", options.Fast + 1)));

    public int WarmUp => options.Slow - 1;

    public double Next(double value)
    {
        var (fast, slow) = (_fast.Next(value), _slow.Next(value));
        return slow == 0 ? 0 : 100 * (fast - slow) / slow;
    }
}
