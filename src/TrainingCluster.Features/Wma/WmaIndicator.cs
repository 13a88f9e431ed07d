using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Wma;

/// <summary>
/// The linearly weighted moving average (Murphy 1999, "Technical Analysis of the Financial Markets", chapter
/// 9). Both sums are added up anew once a period, so no rounding error stays longer.
/// </summary>
public sealed class WmaIndicator : IValueIndicator
{
    private readonly double[] _values;
    private readonly double _divisor;
    private int _next;
    private bool _isFull;
    private double _sum;
    private double _weighted;

    public WmaIndicator(WmaOptions options)
    {
        _values = new double[PeriodRule.Require(options.Period, "wma.period")];
        _divisor = options.Period * (options.Period + 1.0) / 2;
    }

    public int WarmUp => _values.Length - 1;

    public double Next(double value)
    {
        if (_isFull)
        {
            _weighted += _values.Length * value - _sum;
            _sum += value - _values[_next];
        }

        _values[_next] = value;
        if (++_next == _values.Length)
        {
            AddUp();
        }

        return _isFull ? _weighted / _divisor : double.NaN;
    }

    private void AddUp()
    {
        (_next, _isFull, _sum, _weighted) = (0, true, 0, 0);
        for (var i = 0; i < _values.Length; i++)
        {
            _sum += _values[i];
            _weighted += (i + 1) * _values[i];
        }
    }
}
