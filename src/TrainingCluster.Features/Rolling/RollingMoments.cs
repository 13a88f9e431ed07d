namespace TrainingCluster.Features.Rolling;

/// <summary>
/// Mean and squared deviations of the last <c>period</c> values, O(1) a value amortised. Values are grouped
/// into blocks of one period; a window is the tail of the last full block joined to the head of the current
/// one (two-stack aggregation). Nothing is ever subtracted, so no rounding error builds up and no past
/// outlier stays behind. Both parts are updated after Welford 1962 (Technometrics 4:3) and joined after Chan,
/// Golub, LeVeque 1979 (equations 2.1).
/// </summary>
public sealed class RollingMoments
{
    private readonly int _period;
    private readonly double[] _block;
    private readonly double[] _tailMeans;
    private readonly double[] _tailSquares;
    private readonly double[] _reciprocals;
    private int _inBlock;
    private bool _hasTail;
    private double _headMean;
    private double _headSquares;

    /// <param name="period">Values in a window, at least 1.</param>
    public RollingMoments(int period)
    {
        _period = PeriodRule.Require(period, "rolling.period");
        _block = new double[period];
        _tailMeans = new double[period];
        _tailSquares = new double[period];
        _reciprocals = new double[period + 1];
        for (var i = 1; i <= period; i++)
        {
            _reciprocals[i] = 1.0 / i;
        }
    }

    /// <summary>Whether a full window has been seen.</summary>
    public bool IsDefined { get; private set; }

    /// <summary>The mean of the window, NaN until it is full.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>The sum of squared deviations from the mean, NaN until the window is full.</summary>
    public double SquaredDeviations { get; private set; } = double.NaN;

    /// <summary>The deviation with divisor n.</summary>
    public double PopulationDeviation => Math.Sqrt(SquaredDeviations / _period);

    /// <summary>The deviation with divisor n−1; NaN for a period of 1.</summary>
    public double SampleDeviation =>
        _period > 1 ? Math.Sqrt(SquaredDeviations / (_period - 1)) : double.NaN;

    /// <param name="value">A finite number.</param>
    public void Add(double value)
    {
        _block[_inBlock] = value;
        _inBlock++;
        (_headMean, _headSquares) = Extend(_headMean, _headSquares, value, _inBlock);
        if (_inBlock == _period)
        {
            CloseBlock();
        }
        else if (_hasTail)
        {
            Join(_inBlock);
        }
    }

    private void CloseBlock()
    {
        Mean = _headMean;
        SquaredDeviations = _headSquares;
        IsDefined = true;

        var mean = 0.0;
        var squares = 0.0;
        for (var i = _period - 1; i >= 0; i--)
        {
            (mean, squares) = Extend(mean, squares, _block[i], _period - i);
            _tailMeans[i] = mean;
            _tailSquares[i] = squares;
        }

        _hasTail = true;
        _inBlock = 0;
        _headMean = 0;
        _headSquares = 0;
    }

    private void Join(int head)
    {
        var tail = _period - head;
        var difference = _headMean - _tailMeans[head];
        var share = head * _reciprocals[_period];
        Mean = _tailMeans[head] + difference * share;
        SquaredDeviations = _tailSquares[head] + _headSquares + difference * difference * tail * share;
    }

    private (double Mean, double Squares) Extend(double mean, double squares, double value, int count)
    {
        if (count == 1)
        {
            return (value, 0);
        }

        var difference = value - mean;
        var extended = mean + difference * _reciprocals[count];
        return (extended, squares + difference * (value - extended));
    }
}
