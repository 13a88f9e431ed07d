using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// Runs jobs of every stage. Holds no state between them; one instance may run jobs on several threads.
/// </summary>
/// <param name="clock">Decides when a checkpoint is due, and nothing else.</param>
/// <param name="cadence">How often checkpoints are written.</param>
/// <param name="learnerThreads">2 gives the learners of policies a second thread, which changes no bit of a result.
/// </param>
public sealed class JobRunner(TimeProvider clock, CheckpointCadence? cadence = null, int learnerThreads = 1)
    : IJobRunner
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
        using var second = learnerThreads > 1 ? new SecondThread(request.Spec.Id) : null;
        var context = new StageContext(request, session, progress) { Second = second };

        var output = StageCatalog.Job(request.Spec).Run(context);

        session.Finish();
        return output;
    }
}
