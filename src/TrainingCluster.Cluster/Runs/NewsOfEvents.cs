namespace TrainingCluster.Cluster.Runs;

/// <summary>What an event means to listeners.</summary>
internal static class NewsOfEvents
{
    /// <param name="after">The run after the event.</param>
    public static IEnumerable<RunNews> Of(IEventOfRun happened, RunState after)
    {
        if (JobOf(happened) is { } id)
        {
            var job = after.Job(id);
            yield return new JobChanged(
                after.Id,
                job.Id,
                job.Status,
                job.Attempt,
                job.Node,
                job.Reason,
                job.Detail,
                job.Result?.Version.ToString());
        }
        else
        {
            yield return new RunChanged(after.Id, after.Status, after.Reason, after.Detail);
        }
    }

    private static string? JobOf(IEventOfRun happened) => happened switch
    {
        RunEvents.JobAssigned e => e.Job,
        RunEvents.JobInputsMissing e => e.Job,
        RunEvents.JobRecovering e => e.Job,
        RunEvents.JobSucceeded e => e.Job,
        RunEvents.JobFailed e => e.Job,
        RunEvents.JobPreempted e => e.Job,
        RunEvents.JobCancelled e => e.Job,
        RunEvents.JobPaused e => e.Job,
        RunEvents.JobResumed e => e.Job,
        RunEvents.JobRetried e => e.Job,
        RunEvents.JobQuarantined e => e.Job,
        _ => null,
    };
}
