namespace TrainingCluster.Cluster.Runs;

/// <summary>What people may do with one job of a run.</summary>
public static class JobRules
{
    public static RunDecision Decide(RunLedger ledger, RunCommands.OfJob command, DateTimeOffset now)
    {
        if (ledger.Find(command.Run) is not { } run)
        {
            return RunRules.UnknownRun(command.Run);
        }

        if (run.FindJob(command.Job) is not { } job)
        {
            return Refuse(run, Refusals.UnknownJob, $"the run {run.Id} has no job '{command.Job}'; "
                + $"`trainctl runs show {run.Id}` lists those it has");
        }

        return command.Action switch
        {
            JobAction.Pause => Pause(run, job, now),
            JobAction.Resume => Resume(run, job, now),
            JobAction.Cancel => Cancel(run, job, now),
            JobAction.Retry => Retry(run, job, now),
            JobAction.Quarantine => Quarantine(run, job, now),
            _ => Refuse(run, Refusals.OutOfRange, $"there is no request {command.Action} for a job"),
        };
    }

    private static RunDecision Pause(RunState run, JobState job, DateTimeOffset now) =>
        job.Status.HasEnded() ? HasEnded(run, job)
        : job.IsHeld ? Accept(run)
        : Accept(run, new RunEvents.JobPaused(run.Id, job.Id, Reasons.Requested, now));

    private static RunDecision Resume(RunState run, JobState job, DateTimeOffset now) =>
        job.Status.HasEnded() ? HasEnded(run, job)
        : !job.IsHeld ? Accept(run)
        : job.Status.IsActive()
            ? Refuse(run, Refusals.WrongState, $"the job {job.Id} of {run.Id} is still being stopped; "
                + "resume it once it is paused")
            : Accept(run, new RunEvents.JobResumed(run.Id, job.Id, now));

    private static RunDecision Cancel(RunState run, JobState job, DateTimeOffset now) =>
        job.Status == JobStatus.Cancelled ? Accept(run)
        : job.Status.HasEnded() ? HasEnded(run, job)
        : Accept(run, new RunEvents.JobCancelled(
            run.Id, job.Id, Reasons.Requested, "the job was cancelled", now));

    private static RunDecision Quarantine(RunState run, JobState job, DateTimeOffset now) =>
        job.IsQuarantined ? Accept(run)
        : job.Status.HasResult() ? HasEnded(run, job)
        : Accept(run, new RunEvents.JobQuarantined(run.Id, job.Id, "the job was taken out by hand", now));

    private static RunDecision Retry(RunState run, JobState job, DateTimeOffset now)
    {
        if (job.Status is not (JobStatus.Failed or JobStatus.Cancelled))
        {
            return Refuse(run, Refusals.WrongState, $"the job {job.Id} of {run.Id} is {job.Status.Text()}; "
                + "only a failed or cancelled job can be tried again");
        }

        var lost = job.Plan.DependsOn
            .Where(input => run.Job(input).Status is JobStatus.Failed or JobStatus.Cancelled)
            .ToArray();
        if (lost.Length > 0 && (!job.Plan.MakesDoWithFewerInputs || lost.Length == job.Plan.DependsOn.Length))
        {
            return Refuse(run, Refusals.WrongState, $"the job {job.Id} of {run.Id} has no result of "
                + $"{string.Join(", ", lost)} to start from; try {(lost.Length == 1 ? "that" : "those")} again first");
        }

        return Accept(run, new RunEvents.JobRetried(run.Id, job.Id, [.. CancelledFor(run, job.Id)], now));
    }

    // Each job stands after those it depends on: one way through the plan finds all that hang on it.
    private static List<string> CancelledFor(RunState run, string job)
    {
        var (lost, found) = (new HashSet<string>(StringComparer.Ordinal) { job }, new List<string>());
        foreach (var other in run.Jobs)
        {
            if (other is { Status: JobStatus.Cancelled, Reason: Reasons.DependencyFailed }
                && other.Plan.DependsOn.Any(lost.Contains))
            {
                lost.Add(other.Id);
                found.Add(other.Id);
            }
        }

        return found;
    }

    private static RunDecision Accept(RunState run, params ImmutableArray<IRunEvent> events) =>
        new(events, new RunAnswers.Accepted(run.Id));

    private static RunDecision HasEnded(RunState run, JobState job) => Refuse(run, Refusals.AlreadyEnded,
        $"the job {job.Id} of {run.Id} has {job.Status.Text()} and cannot be changed any more");

    private static RunDecision Refuse(RunState run, string code, string text) =>
        new([], new RunAnswers.Refused(run.Id, code, text));
}
