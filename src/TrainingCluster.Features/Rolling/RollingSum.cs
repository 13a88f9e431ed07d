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
        var (values, place) = (_values, _next);
        if (!_isFull)
        {
            return Fill(value);
        }

        var sum = _sum + (value - values[place]);
        values[place] = value;
        if (++place == values.Length)
        {
            place = 0;
            sum = Anew(values);
        }

        (_next, _sum) = (place, sum);
        return sum;
    }

    private double Fill(double value)
    {
        _values[_next] = value;
        if (++_next < _values.Length)
        {
            return double.NaN;
        }

        (_next, _isFull, _sum) = (0, true, Anew(_values));
        return _sum;
    }

    private static double Anew(double[] values)
    {
        var sum = 0.0;
        foreach (var kept in values)
        {
            sum += kept;
        }

        return sum;
    }
}
