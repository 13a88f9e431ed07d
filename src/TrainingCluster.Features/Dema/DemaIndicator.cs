using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Dema;

/// <summary>
/// The double exponential moving average (Mulloy 1994, "Smoothing Data with Faster Moving Averages", Stocks
/// and Commodities 12:1): twice the average less the average of the average.
/// </summary>
public sealed class DemaIndicator : IValueIndicator
{
    private readonly DemaOptions _options;
    private readonly EmaIndicator _first;
    private readonly EmaIndicator _second;
    private int _defined;

    public DemaIndicator(DemaOptions options)
    {
        PeriodRule.Require(options.Period, "dema.period");
        PeriodRule.Require(options.Skip, "dema.skip", 0);
        _options = options;
        _first = new EmaIndicator(new EmaOptions(options.Period, options.Seed));
        _second = new EmaIndicator(new EmaOptions(options.Period, options.Seed));
    }

    public int WarmUp => 2 * (_options.Period - 1 + _options.Skip);

    public double Next(double value)
    {
        var first = _first.Next(value);
        if (double.IsNaN(first) || _defined++ < _options.Skip)
        {
            return double.NaN;
        }

        var second = _second.Next(first);
        return _defined > _options.Period - 1 + 2 * _options.Skip ? 2 * first - second : double.NaN;
    }
}
