using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Ema;

/// <summary>
/// The exponential moving average with weight 2 / (period + 1) (Appel 1979). Seeded with the mean of the
/// first period, as TA-Lib's default does; MetaStock seeds with the first value instead.
/// </summary>
public sealed class EmaIndicator
{
    private readonly int _period;
    private readonly double _weight;
    private int _count;
    private double _sum;
    private double _average = double.NaN;

    public EmaIndicator(EmaOptions options)
    {
        _period = PeriodRule.Require(options.Period, "ema.period");
        _weight = 2.0 / (_period + 1);
    }

    /// <summary>Takes the next value and answers the average, NaN until the first period is full.</summary>
    public double Next(double value)
    {
        if (_count >= _period)
        {
            _average += _weight * (value - _average);
            return _average;
        }

        _sum += value;
        _count++;
        if (_count == _period)
        {
            _average = _sum / _period;
        }

        return _average;
    }

    /// <summary>
    /// One value a bar; NaN before bar period−1. NaN in front of the values delays the start.
    /// </summary>
    public static double[] Compute(ReadOnlySpan<double> values, EmaOptions options)
    {
        var indicator = new EmaIndicator(options);
        var result = new double[values.Length];
        var first = Leading.Undefined(values);
        result.AsSpan(0, first).Fill(double.NaN);
        for (var t = first; t < values.Length; t++)
        {
            result[t] = indicator.Next(values[t]);
        }

        return result;
    }
}
