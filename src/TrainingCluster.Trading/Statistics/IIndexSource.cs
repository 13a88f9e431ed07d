namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Where a bootstrap's resamples come from. A resample is a list of runs of consecutive observations, so that
/// a statistic made of sums costs time by the run and not by the observation. Not thread-safe: one owner
/// each.
/// </summary>
public interface IIndexSource
{
    /// <summary>
    /// Writes the next resample: runs whose lengths add up to <paramref name="observations"/>.
    /// </summary>
    /// <param name="runs">At least <paramref name="observations"/> long.</param>
    /// <param name="observations">The size of the sample, at least 1.</param>
    /// <returns>How many runs were written.</returns>
    int Next(Span<IndexRun> runs, int observations);
}

/// <summary>Observations Start, Start + 1, …, wrapping around to 0 after the last one.</summary>
/// <param name="Start">In [0, observations).</param>
/// <param name="Length">In [1, observations].</param>
public readonly record struct IndexRun(int Start, int Length);
