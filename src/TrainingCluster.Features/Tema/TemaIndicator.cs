using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Tema;

/// <summary>
/// The triple exponential moving average (Mulloy 1994, "Smoothing Data with Faster Moving Averages", Stocks
/// and Commodities 12:1): 3 · E₁ − 3 · E₂ + E₃, each the average of the one before.
/// </summary>
public sealed class TemaIndicator : IValueIndicator
{
    private readonly EmaIndicator[] _averages;

    public TemaIndicator(TemaOptions options)
    {
        PeriodRule.Require(options.Period, "tema.period");
        _averages = [.. Enumerable.Range(0, 3).Select(_ =>
            new EmaIndicator(new EmaOptions(options.Period, options.Seed)))];
    }

    public int WarmUp => 3 * _averages[0].WarmUp;

    public double Next(double value)
    {
        var first = _averages[0].Next(value);
        var second = double.IsNaN(first) ? double.NaN : _averages[1].Next(first);
        var third = double.IsNaN(second) ? double.NaN : _averages[2].Next(second);
        return 3 * first - 3 * second + third;
    }
}
