using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers;

/// <summary>
/// Lets a phase's first and last step through and, between them, one report an interval. For one thread.
/// </summary>
internal sealed class SparseProgress(Action<JobProgress> next, TimeProvider clock, TimeSpan interval)
    : IProgress<JobProgress>
{
    private string? _phase;
    private long _reportedAt;

    public void Report(JobProgress value)
    {
        if (value.Phase == _phase
            && value.Step != value.TotalSteps
            && clock.GetElapsedTime(_reportedAt) < interval)
        {
            return;
        }

        _phase = value.Phase;
        _reportedAt = clock.GetTimestamp();
        next(value);
    }
}
