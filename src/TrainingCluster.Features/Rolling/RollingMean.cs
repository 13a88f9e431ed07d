namespace TrainingCluster.Features.Rolling;

/// <summary>
/// The mean of the last <c>period</c> values, O(1) a value amortised: bit for bit that of
/// <see cref="RollingMoments"/>, without the deviations.
/// </summary>
public sealed class RollingMean
{
    /// <summary>Before the place, the block's values; from it on, the means of the rests of the block before, NaN
    /// where there was none.</summary>
    private readonly double[] _tails;

    private readonly double[] _reciprocals;
    private int _place;
    private double _head;

    /// <param name="period">Values in a window, at least 1.</param>
    public RollingMean(int period)
    {
        _tails = new double[PeriodRule.Require(period, "rolling.period")];
        _reciprocals = new double[period + 1];
        Array.Fill(_tails, double.NaN);
        for (var i = 1; i <= period; i++)
        {
            _reciprocals[i] = 1.0 / i;
        }
    }

    /// <summary>Takes the next value and answers the mean, NaN until the window is full.</summary>
    /// <param name="value">A finite number.</param>
    public double Next(double value)
    {
        var (tails, reciprocals, place) = (_tails, _reciprocals, _place);
        var count = place + 1;
        var head = place == 0 ? value : _head + (value - _head) * reciprocals[count];
        _head = head;
        tails[place] = value;
        if (count >= tails.Length)
        {
            CloseBlock(value);
            return head;
        }

        _place = count;
        var tail = tails[count];
        return tail + (head - tail) * (count * reciprocals[tails.Length]);
    }

    private void CloseBlock(double last)
    {
        var (tails, reciprocals) = (_tails, _reciprocals);
        var mean = last;
        for (var i = tails.Length - 2; i >= 0; i--)
        {
            mean += (tails[i] - mean) * reciprocals[tails.Length - i];
            tails[i] = mean;
        }

        _place = 0;
    }
}
