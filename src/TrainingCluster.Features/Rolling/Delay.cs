namespace TrainingCluster.Features.Rolling;

/// <summary>Gives back what it was given <c>bars</c> values ago.</summary>
public sealed class Delay(int bars)
{
    private readonly double[] _values = new double[PeriodRule.Require(bars, "rolling.delay")];
    private int _next;
    private bool _isFull;

    /// <summary>Takes the next value and answers an earlier one, NaN for the first <c>bars</c>.</summary>
    public double Next(double value)
    {
        var earlier = _isFull ? _values[_next] : double.NaN;
        _values[_next] = value;
        if (++_next == _values.Length)
        {
            _next = 0;
            _isFull = true;
        }

        return earlier;
    }
}
