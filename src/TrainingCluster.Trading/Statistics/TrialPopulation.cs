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

    /// <summary>How many independent trials they amount to; null where their correlation is not known.</summary>
    public double? EffectiveCount => Correlation is { } correlation && Count > 0
        ? SharpeStatistics.EffectiveTrials(Count, correlation)
        : null;

    /// <summary>SR₀: what the best of them would show without skill.</summary>
    public Estimate Threshold => Count < 1
        ? Estimate.NotDefined("no trial was counted; the selected one is 1")
        : SharpeStatistics.ExpectedMaximumSharpe(Count, SharpeVariance ?? double.NaN);

    /// <summary>Of the selected trial, over all of them.</summary>
    public Estimate DeflatedSharpe(in Moments selected)
    {
        var sharpe = SharpeStatistics.Sharpe(selected);
        return sharpe.IsDefined
            ? SharpeStatistics.DeflatedSharpe(new DeflatedSharpeInput(
                sharpe, selected.Count, selected.Skewness, selected.Kurtosis, Count, SharpeVariance ?? double.NaN))
            : sharpe;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Sum() / values.Length;
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
