using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// Runs jobs of every stage. Holds no state between them; one instance may run jobs on several threads.
/// </summary>
/// <param name="clock">Decides when a checkpoint is due, and nothing else.</param>
/// <param name="cadence">How often checkpoints are written.</param>
public sealed class JobRunner(TimeProvider clock, CheckpointCadence? cadence = null) : IJobRunner
{
    public JobOutput Run(JobRequest request, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Recovery.Exhausted)
        {
            throw new ArgumentException(
                $"job {request.Spec.Id} has had {request.Recovery.Attempt} numerical faults; "
                + "its recovery plan is exhausted and the job must end as failed", nameof(request));
        }

        var profile = NumericProfile.Apply();
        NumericProfile.UseThreads(request.Spec.ThreadsPerJob);
        var session = new CheckpointSession(
            request,
            profile with { Threads = request.Spec.ThreadsPerJob },
            clock,
            cadence ?? CheckpointCadence.Default,
            cancellation);
        var context = new StageContext(request, session, progress);

        var output = StageCatalog.Job(request.Spec).Run(context);

        session.Finish();
        return output;
    }
}
