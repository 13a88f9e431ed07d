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
        var (place, mean, squares) = (_inBlock, _headMean, _headSquares);
        _block[place] = value;
        var count = place + 1;
        if (place == 0)
        {
            (mean, squares) = (value, 0);
        }
        else
        {
            var difference = value - mean;
            mean += difference * _reciprocals[count];
            squares += difference * (value - mean);
        }

        (_inBlock, _headMean, _headSquares) = (count, mean, squares);
        if (count == _period)
        {
            CloseBlock();
        }
        else if (_hasTail)
        {
            Join(count, mean, squares);
        }
    }

    private void CloseBlock()
    {
        Mean = _headMean;
        SquaredDeviations = _headSquares;
        IsDefined = true;

        var (mean, squares) = (_block[^1], 0.0);
        (_tailMeans[^1], _tailSquares[^1]) = (mean, squares);
        for (var i = _period - 2; i >= 0; i--)
        {
            var difference = _block[i] - mean;
            mean += difference * _reciprocals[_period - i];
            squares += difference * (_block[i] - mean);
            _tailMeans[i] = mean;
            _tailSquares[i] = squares;
        }

        _hasTail = true;
        _inBlock = 0;
    }

    private void Join(int head, double headMean, double headSquares)
    {
        var tailMean = _tailMeans[head];
        var difference = headMean - tailMean;
        var share = head * _reciprocals[_period];
        Mean = tailMean + difference * share;
        SquaredDeviations = _tailSquares[head] + headSquares + difference * difference * (_period - head) * share;
    }
}
