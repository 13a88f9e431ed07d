namespace TrainingCluster.Features.Rolling;

/// <summary>
/// The largest or smallest of the last <c>period</c> values, O(1) a value amortised, by a queue in which only
/// values that can still become the extreme are kept (Lemire 2006, "Streaming maximum-minimum filter").
/// </summary>
public sealed class RollingExtreme
{
    private readonly double[] _values;
    private readonly long[] _indices;
    private readonly int _period;
    private readonly bool _largest;
    private int _head;
    private int _count;
    private long _seen;

    private RollingExtreme(int period, bool largest)
    {
        _period = PeriodRule.Require(period, "rolling.period");
        _largest = largest;
        _values = new double[period];
        _indices = new long[period];
    }

    public static RollingExtreme Largest(int period) => new(period, largest: true);

    public static RollingExtreme Smallest(int period) => new(period, largest: false);

    /// <summary>The largest of bars t−period+1 … t for every t; NaN before the first full window.</summary>
    public static double[] Largest(ReadOnlySpan<double> values, int period) =>
        Compute(values, Largest(period));

    /// <summary>The smallest of bars t−period+1 … t for every t; NaN before the first full window.</summary>
    public static double[] Smallest(ReadOnlySpan<double> values, int period) =>
        Compute(values, Smallest(period));

    /// <summary>How many values ago the extreme came; of equal ones the newest counts.</summary>
    public int Age => (int)(_seen - 1 - _indices[_head]);

    /// <summary>Takes the next value and answers the extreme of the window, NaN until it is full.</summary>
    public double Next(double value)
    {
        if (_count > 0 && _indices[_head] <= _seen - _period)
        {
            _head = _head + 1 == _period ? 0 : _head + 1;
            _count--;
        }

        while (_count > 0 && Outranks(value, _values[Slot(_count - 1)]))
        {
            _count--;
        }

        var slot = Slot(_count);
        _values[slot] = value;
        _indices[slot] = _seen;
        _count++;
        _seen++;
        return _seen >= _period ? _values[_head] : double.NaN;
    }

    private static double[] Compute(ReadOnlySpan<double> values, RollingExtreme extreme)
    {
        var result = new double[values.Length];
        for (var t = 0; t < values.Length; t++)
        {
            result[t] = extreme.Next(values[t]);
        }

        return result;
    }

    private bool Outranks(double value, double kept) => _largest ? value >= kept : value <= kept;

    private int Slot(int position)
    {
        var slot = _head + position;
        return slot >= _period ? slot - _period : slot;
    }
}
