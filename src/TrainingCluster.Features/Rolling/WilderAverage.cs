namespace TrainingCluster.Features.Rolling;

/// <summary>
/// Wilder's running average (Wilder 1978, "New Concepts in Technical Trading Systems", chapter 2): the mean
/// of the first <c>period</c> values, then (previous · (period − 1) + value) / period.
/// </summary>
public sealed class WilderAverage(int period)
{
    private readonly int _period = PeriodRule.Require(period, "wilder.period");
    private int _count;
    private double _sum;
    private double _average = double.NaN;

    /// <summary>Takes the next value and answers the average, NaN until the first period is full.</summary>
    public double Next(double value)
    {
        if (_count >= _period)
        {
            _average = (_average * (_period - 1) + value) / _period;
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
}
