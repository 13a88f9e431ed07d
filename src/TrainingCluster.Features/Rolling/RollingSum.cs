namespace TrainingCluster.Features.Rolling;

/// <summary>
/// The sum of the last <c>period</c> values, O(1) a value. It is added up anew once a period, so rounding
/// errors and past outliers stay for one period at most.
/// </summary>
public sealed class RollingSum(int period)
{
    private readonly double[] _values = new double[PeriodRule.Require(period, "rolling.period")];
    private int _next;
    private bool _isFull;
    private double _sum;

    /// <summary>The value that leaves the window with the next one; NaN until it is full.</summary>
    public double Oldest => _isFull ? _values[_next] : double.NaN;

    /// <summary>Takes the next value and answers the sum, NaN until the window is full.</summary>
    public double Next(double value)
    {
        _sum += value - (_isFull ? _values[_next] : 0);
        _values[_next] = value;
        if (++_next == _values.Length)
        {
            _next = 0;
            _isFull = true;
            _sum = 0;
            foreach (var kept in _values)
            {
                _sum += kept;
            }
        }

        return _isFull ? _sum : double.NaN;
    }
}
