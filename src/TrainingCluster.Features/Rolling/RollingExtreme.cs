namespace TrainingCluster.Features.Rolling;

/// <summary>
/// The largest or smallest of the last <c>period</c> values, in three comparisons a value whatever the values are
/// (van Herk 1992, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels",
/// Pattern Recognition Letters 13:7). Values come in blocks of the period, so that a window is the rest of one block
/// and the start of the next; the extreme of each is kept.
/// </summary>
public sealed class RollingExtreme
{
    private readonly bool _largest;

    /// <summary>Before the place, the block's values; from it on, the extremes of the rests of the block before, NaN
    /// where there was none.</summary>
    private readonly double[] _rests;

    private double _start;
    private int _place;

    private RollingExtreme(int period, bool largest)
    {
        _largest = largest;
        _rests = new double[PeriodRule.Require(period, "rolling.period")];
        Array.Fill(_rests, double.NaN);
    }

    public static RollingExtreme Largest(int period) => new(period, largest: true);

    public static RollingExtreme Smallest(int period) => new(period, largest: false);

    /// <summary>The largest of bars t−period+1 … t for every t; NaN before the first full window.</summary>
    public static double[] Largest(ReadOnlySpan<double> values, int period) =>
        Compute(values, Largest(period));

    /// <summary>The smallest of bars t−period+1 … t for every t; NaN before the first full window.</summary>
    public static double[] Smallest(ReadOnlySpan<double> values, int period) =>
        Compute(values, Smallest(period));

    /// <summary>Takes the next value, which must be defined, and answers the extreme of the window, NaN until it is
    /// full.</summary>
    public double Next(double value)
    {
        var (rests, place) = (_rests, _place);
        var start = place == 0 ? value : Outer(_start, value);
        _start = start;
        rests[place] = value;
        var next = place + 1;
        if (next < rests.Length)
        {
            _place = next;
            return Outer(rests[next], start);
        }

        for (var i = rests.Length - 2; i >= 0; i--)
        {
            rests[i] = value = Outer(rests[i], value);
        }

        _place = 0;
        return start;
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

    /// <summary>NaN where one of them is.</summary>
    private double Outer(double one, double two) => _largest ? Math.Max(one, two) : Math.Min(one, two);
}
