using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Jobs;

/// <summary>Carries out one job.</summary>
public interface IJobRunner
{
    /// <summary>
    /// Runs the job to its end on the calling thread, which it needs for itself. Continues from the job's
    /// last checkpoint where there is one of the same spec; removes its checkpoints when it succeeds.
    /// </summary>
    /// <param name="request">What to compute.</param>
    /// <param name="progress">Told on the calling thread.</param>
    /// <param name="cancellation">Ends the job at the next step, after a checkpoint.</param>
    /// <exception cref="NumericalInstabilityException">A loss or gradient was not finite: run again with the
    /// next <see cref="RecoveryPlan"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is written.</exception>
    JobOutput Run(JobRequest request, IProgress<JobProgress> progress, CancellationToken cancellation);
}
