using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Wma;

namespace TrainingCluster.Features.Hma;

/// <summary>
/// The Hull moving average (Hull 2005, "How to reduce lag in a moving average"): the weighted average over
/// √n bars of 2 · WMA(n / 2) − WMA(n); halves and roots are rounded down.
/// </summary>
public sealed class HmaIndicator : IValueIndicator
{
    private readonly WmaIndicator _half;
    private readonly WmaIndicator _whole;
    private readonly WmaIndicator _smooth;

    public HmaIndicator(HmaOptions options)
    {
        var period = PeriodRule.Require(options.Period, "hma.period", 2);
        _half = new WmaIndicator(new WmaOptions(period / 2));
        _whole = new WmaIndicator(new WmaOptions(period));
        _smooth = new WmaIndicator(new WmaOptions((int)Math.Sqrt(period)));
    }

    public int WarmUp => _whole.WarmUp + _smooth.WarmUp;

    public double Next(double value)
    {
        var difference = 2 * _half.Next(value) - _whole.Next(value);
        return double.IsNaN(difference) ? double.NaN : _smooth.Next(difference);
    }
}
