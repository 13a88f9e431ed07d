using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Kama;

/// <summary>
/// Kaufman's adaptive moving average (Kaufman 1995, "Smarter Trading", chapter 8): an exponential average
/// whose weight is the square of a share between the fast and the slow one, set by the efficiency ratio |net
/// change| / sum of |changes|. It begins at the value before the first full period.
/// </summary>
public sealed class KamaIndicator : IValueIndicator
{
    private readonly int _period;
    private readonly double _fast;
    private readonly double _slow;
    private readonly RollingSum _movement;
    private readonly Delay _earlier;
    private double _previous = double.NaN;
    private double _average = double.NaN;

    public KamaIndicator(KamaOptions options)
    {
        _period = PeriodRule.Require(options.Period, "kama.period");
        _fast = 2.0 / (PeriodRule.Require(options.Fast, "kama.fast") + 1);
        _slow = 2.0 / (PeriodRule.Require(options.Slow, "kama.slow", options.Fast + 1) + 1);
        _movement = new RollingSum(_period);
        _earlier = new Delay(_period);
    }

    public int WarmUp => _period;

    public double Next(double value)
    {
        var (previous, earlier) = (_previous, _earlier.Next(value));
        _previous = value;
        var movement = double.IsNaN(previous) ? double.NaN : _movement.Next(Math.Abs(value - previous));
        if (double.IsNaN(earlier))
        {
            return double.NaN;
        }

        var net = Math.Abs(value - earlier);
        var efficiency = movement <= net ? 1 : net / movement;
        var share = efficiency * (_fast - _slow) + _slow;
        _average = double.IsNaN(_average) ? previous : _average;
        return _average += share * share * (value - _average);
    }
}
