namespace TrainingCluster.Features.Rolling;

/// <summary>
/// <see cref="RollingExtreme"/> that also says how long ago the extreme came, which costs branches that the processor
/// cannot foresee.
/// </summary>
public sealed class PlacedExtreme
{
    private readonly bool _largest;

    /// <summary>Before the place, the block's values; from it on, the extremes of the rests of the block before, NaN
    /// where there was none.</summary>
    private readonly double[] _rests;

    private readonly int[] _restPlaces;
    private double _start;
    private int _startPlace;
    private int _place;

    private PlacedExtreme(int period, bool largest)
    {
        _largest = largest;
        _rests = new double[PeriodRule.Require(period, "rolling.period")];
        _restPlaces = new int[period];
        Array.Fill(_rests, double.NaN);
    }

    public static PlacedExtreme Largest(int period) => new(period, largest: true);

    public static PlacedExtreme Smallest(int period) => new(period, largest: false);

    /// <summary>How many values ago the extreme came, once the window is full; of equal ones the newest
    /// counts.</summary>
    public int Age { get; private set; }

    /// <summary>Takes the next value, which must be defined, and answers the extreme of the window, NaN until it is
    /// full.</summary>
    public double Next(double value)
    {
        var place = _place;
        if (place == 0 || Reaches(value, _start))
        {
            (_start, _startPlace) = (value, place);
        }

        var rests = _rests;
        rests[place] = value;
        var next = place + 1;
        if (next >= rests.Length)
        {
            CloseBlock(value);
            Age = place - _startPlace;
            return _start;
        }

        _place = next;
        var rest = rests[next];
        var isInStart = Reaches(_start, rest);
        Age = place - (isInStart ? _startPlace : _restPlaces[next] - rests.Length);
        return isInStart ? _start : rest;
    }

    private void CloseBlock(double last)
    {
        var (extreme, place) = (last, _rests.Length - 1);
        _restPlaces[place] = place;
        for (var i = place - 1; i >= 0; i--)
        {
            if (!Reaches(extreme, _rests[i]))
            {
                (extreme, place) = (_rests[i], i);
            }

            (_rests[i], _restPlaces[i]) = (extreme, place);
        }

        _place = 0;
    }

    /// <summary>Whether the newer value takes the older one's place; never where that is NaN.</summary>
    private bool Reaches(double newer, double older) => _largest ? newer >= older : newer <= older;
}
