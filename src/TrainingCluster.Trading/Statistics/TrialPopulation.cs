namespace TrainingCluster.Trading.Statistics;

/// <summary>What the trials on one data lineage give to the deflation of a Sharpe ratio.</summary>
/// <param name="Count">N: distinct specifications scored on the data, pruned ones included, repeats not.</param>
/// <param name="SharpeVariance">V: unbiased variance of the per-bar Sharpes of those that have one; null below
/// two.</param>
/// <param name="Correlation">ρ̄: mean correlation of the trials' returns; null where not known.</param>
public sealed record TrialPopulation(int Count, double? SharpeVariance, double? Correlation = null)
{
    /// <summary>Of a list of trials; null marks a trial without a Sharpe, such as a pruned one.</summary>
    public static TrialPopulation Of(IEnumerable<double?> sharpesPerBar, double? correlation = null)
    {
        var all = sharpesPerBar.ToArray();
        var known = all.OfType<double>().ToArray();
        var variance = known.Length < 2 ? default(double?) : Variance(known);
        return new TrialPopulation(all.Length, variance, correlation);
    }

    /// <summary>
    /// How many independent trials they amount to, a negative correlation counting as none; null where their
    /// correlation is not known.
    /// </summary>
    public double? EffectiveCount => Correlation is { } correlation && Count > 0
        ? SharpeStatistics.EffectiveTrials(Count, Math.Clamp(correlation, 0, 1))
        : null;

    /// <summary>Why there is no <see cref="EffectiveCount"/>, or null where there is one.</summary>
    public string? WithoutEffective => EffectiveCount is null
        ? "the correlation of the trials' returns is not known"
        : null;

    /// <summary>SR₀: what the best of them would show without skill.</summary>
    public Estimate Threshold => ThresholdOf(Count);

    /// <summary>Of the selected trial, over all of them.</summary>
    public Estimate DeflatedSharpe(in Moments selected) => Deflated(selected, Threshold);

    /// <summary>Of the selected trial, over as many independent ones as they amount to.</summary>
    public Estimate DeflatedByEffective(in Moments selected) => Deflated(
        selected,
        EffectiveCount is { } effective ? ThresholdOf(effective) : Estimate.NotDefined(WithoutEffective!));

    private Estimate ThresholdOf(double trials) =>
        trials < 1 ? Estimate.NotDefined("no trial was counted; the selected one is 1")
        : trials == 1 ? Estimate.Of(0)
        : SharpeVariance is { } variance ? SharpeStatistics.ExpectedMaximumSharpe(trials, variance)
        : Estimate.NotDefined(
            $"of {Count} trials fewer than 2 have a Sharpe ratio; the variance of the trials' Sharpes needs 2");

    private static Estimate Deflated(in Moments selected, Estimate threshold)
    {
        var sharpe = SharpeStatistics.Sharpe(selected);
        return !sharpe.IsDefined ? sharpe
            : threshold.IsDefined
                ? SharpeStatistics.ProbabilisticSharpe(
                    sharpe, threshold, selected.Count, selected.Skewness, selected.Kurtosis)
                : threshold;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Sum() / values.Length;
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
