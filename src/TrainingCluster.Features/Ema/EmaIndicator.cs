using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Ema;

/// <summary>
/// The exponential moving average with weight 2 / (period + 1) (Appel 1979). Authorities differ in what it
/// begins with, see <see cref="EmaSeed"/>.
/// </summary>
public sealed class EmaIndicator : IValueIndicator
{
    private readonly int _period;
    private readonly double _weight;
    private readonly EmaSeed _seed;
    private int _count;
    private double _sum;
    private double _average = double.NaN;

    public EmaIndicator(EmaOptions options)
        : this(options, 2.0 / (PeriodRule.Require(options.Period, "ema.period") + 1))
    {
    }

    /// <summary>With a weight of its own; the period only tells when it is defined.</summary>
    internal EmaIndicator(EmaOptions options, double weight)
    {
        _period = PeriodRule.Require(options.Period, "ema.period");
        _weight = weight;
        _seed = options.Seed;
    }

    public int WarmUp => _period - 1;

    /// <summary>Takes the next value and answers the average, NaN until the first period is full.</summary>
    public double Next(double value)
    {
        if (_count >= _period)
        {
            _average += _weight * (value - _average);
            return _average;
        }

        _count++;
        if (_seed == EmaSeed.First)
        {
            _sum = _count == 1 ? value : _sum + _weight * (value - _sum);
        }
        else
        {
            _sum += value;
        }

        if (_count == _period)
        {
            _average = _seed == EmaSeed.First ? _sum : _sum / _period;
        }

        return _average;
    }

    /// <summary>
    /// One value a bar; NaN before bar period−1. NaN in front of the values delays the start.
    /// </summary>
    public static double[] Compute(ReadOnlySpan<double> values, EmaOptions options) =>
        new EmaIndicator(options).Compute(values);
}
