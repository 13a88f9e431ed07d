namespace TrainingCluster.Trading.AbTests;

/// <summary>
/// Compares two models bar by bar on the same bars, and may be looked at after every one of them. The mean of the
/// paired differences has an interval that holds it at all times (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas
/// 2021, asymptotic confidence sequences). Choices: the variance is the larger of that of single bars and the
/// long-run one by batch means, so that serial correlation widens the interval; intervals of earlier bars are kept,
/// as the truth lies in all of them. Not thread-safe: one owner each.
/// </summary>
public sealed class AbTest
{
    private readonly AbTestPlan _plan;
    private double _mean;
    private double _squares;
    private double _batchSum;
    private double _batchMean;
    private double _batchSquares;
    private long _batches;
    private double _lowest = double.NegativeInfinity;
    private double _highest = double.PositiveInfinity;

    public AbTest(AbTestPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        _plan = plan;
    }

    /// <summary>Pairs taken.</summary>
    public long Count { get; private set; }

    /// <summary>Why the test ended without a result, or null.</summary>
    public string? Voided { get; private set; }

    /// <summary>Smallest p-value of "both are equal" over all looks so far; 1 during burn-in.</summary>
    public double PValue { get; private set; } = 1;

    /// <summary>Takes the net returns of one bar. A value that is not finite voids the test: an error is no
    /// evidence.</summary>
    public void Observe(double challenger, double champion)
    {
        if (Voided is not null)
        {
            return;
        }

        var difference = challenger - champion;
        if (!double.IsFinite(difference))
        {
            Void($"the returns of pair {Count + 1} are {challenger} and {champion}; both must be finite");
            return;
        }

        Count++;
        var deviation = difference - _mean;
        _mean += deviation / Count;
        _squares += deviation * (difference - _mean);
        AddToBatch(difference);
        Look();
    }

    /// <summary>Ends the test without a result: a guardrail was hit, or its conditions changed.</summary>
    public void Void(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        Voided ??= reason;
    }

    /// <summary>As of the last pair; calling it costs no error.</summary>
    public AbTestResult Result()
    {
        // Bounds that have crossed contradict each other: the difference is not the same at all times.
        var known = Count >= _plan.BurnInBars && double.IsFinite(_lowest) && _lowest <= _highest;
        var verdict = Voided is not null || !known ? AbVerdict.Inconclusive
            : _lowest > 0 ? AbVerdict.Superior
            : _highest < -_plan.Margin ? AbVerdict.Inferior
            : _plan.Margin > 0 && _lowest > -_plan.Margin ? AbVerdict.NonInferior
            : AbVerdict.Inconclusive;
        return new AbTestResult(
            verdict, Count, _mean, known ? _lowest : null, known ? _highest : null, PValue, Voided, _plan.Digest);
    }

    private void AddToBatch(double difference)
    {
        _batchSum += difference;
        if (Count % _plan.BatchBars != 0)
        {
            return;
        }

        var batch = _batchSum / _plan.BatchBars;
        _batchSum = 0;
        _batches++;
        var deviation = batch - _batchMean;
        _batchMean += deviation / _batches;
        _batchSquares += deviation * (batch - _batchMean);
    }

    private void Look()
    {
        if (Count < _plan.BurnInBars)
        {
            return;
        }

        var single = _squares / (Count - 1);
        var longRun = _plan.BatchBars * _batchSquares / (_batches - 1);
        var variance = Math.Max(single, longRun);
        if (!(variance > 0))
        {
            return;
        }

        var prior = MixtureRatio.PriorFor(variance, _plan.HorizonBars, _plan.Alpha);
        var ratio = new MixtureRatio(variance, prior);
        var half = ratio.HalfWidth(Count, _plan.Alpha);
        _lowest = Math.Max(_lowest, _mean - half);
        _highest = Math.Min(_highest, _mean + half);
        PValue = Math.Min(PValue, ratio.PValue(_mean, Count));
    }
}
