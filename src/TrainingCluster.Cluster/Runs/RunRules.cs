using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// The coordinator's rules as functions of what is known and what is asked. Every decision is closed: it
/// brings the events that follow from its own, such as the end of a run with the end of its last job.
/// </summary>
public static class RunRules
{
    /// <param name="resumeOnRecovery">False: runs of another process wait until somebody resumes
    /// them.</param>
    public static RunDecision Activate(
        RunLedger ledger, string incarnation, bool resumeOnRecovery, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<IRunEvent>();
        events.Add(new RunEvents.Activated(incarnation, now));
        if (ledger.Incarnation != incarnation && !resumeOnRecovery)
        {
            events.AddRange(ledger.Runs.Values
                .Where(run => run.Status is RunStatus.Queued or RunStatus.Running
                    || (run.Status == RunStatus.Paused && run.Jobs.Any(job => job.Status.IsActive())))
                .Select(run => new RunEvents.Interrupted(run.Id, now)));
        }

        return new RunDecision(events.ToImmutable(), null);
    }

    public static RunDecision Submit(
        RunLedger ledger, RunCommands.Submit command, CoordinatorLimits limits, DateTimeOffset now)
    {
        if (ledger.Runs.Values.FirstOrDefault(run => run.SubmissionKey == command.SubmissionKey) is { } known)
        {
            return new RunDecision([], new RunAnswers.Accepted(known.Id));
        }

        ImmutableArray<JobSpec> jobs;
        try
        {
            jobs = RunPlan.Jobs(command.Spec);
        }
        catch (RunSpecException invalid)
        {
            return new RunDecision([], new RunAnswers.Refused(null, Refusals.InvalidSpec, invalid.Message));
        }

        if (!RunPriority.IsAllowed(command.Priority))
        {
            return new RunDecision([], PriorityOutOfRange(null, command.Priority));
        }

        var submitted = new RunEvents.Submitted(
            NextId(ledger, now),
            command.Spec,
            command.SubmissionKey,
            [.. jobs.Select(PlannedJob.Of)],
            command.GivenVersions,
            limits.RetryBudget,
            now)
        {
            Priority = command.Priority,
        };
        return Admission.Check(ledger, submitted, limits) is { } refused
            ? new RunDecision([], refused)
            : new RunDecision([submitted], new RunAnswers.Accepted(submitted.Run));
    }

    public static RunDecision Pause(RunLedger ledger, RunId id, DateTimeOffset now) => ledger.Find(id) switch
    {
        null => UnknownRun(id),
        { Status: RunStatus.Queued or RunStatus.Running } =>
            new RunDecision([new RunEvents.Paused(id, Reasons.Requested, now)], new RunAnswers.Accepted(id)),
        { Status: var status } when status.IsHalted() => new RunDecision([], new RunAnswers.Accepted(id)),
        { Status: var status } => AlreadyEnded(id, status),
    };

    public static RunDecision Resume(RunLedger ledger, RunId id, DateTimeOffset now) => ledger.Find(id) switch
    {
        null => UnknownRun(id),
        { Status: RunStatus.Queued or RunStatus.Running } => new RunDecision([], new RunAnswers.Accepted(id)),
        { Status: RunStatus.Succeeded } => AlreadyEnded(id, RunStatus.Succeeded),
        _ => new RunDecision([new RunEvents.Resumed(id, now)], new RunAnswers.Accepted(id)),
    };

    public static RunDecision Cancel(RunLedger ledger, RunId id, DateTimeOffset now)
    {
        if (ledger.Find(id) is not { } run)
        {
            return UnknownRun(id);
        }

        if (run.Status.HasEnded())
        {
            return run.Status == RunStatus.Cancelled
                ? new RunDecision([], new RunAnswers.Accepted(id))
                : AlreadyEnded(id, run.Status);
        }

        IEnumerable<IRunEvent> jobs = run.Jobs
            .Where(job => !job.Status.HasEnded())
            .Select(job => new RunEvents.JobCancelled(
                id, job.Id, Reasons.Requested, "the run was cancelled", now));
        return new RunDecision(
            [.. jobs, new RunEvents.Ended(id, RunStatus.Cancelled, Reasons.Requested, null, now)],
            new RunAnswers.Accepted(id));
    }

    public static RunDecision Prioritise(RunLedger ledger, RunCommands.Prioritise command, DateTimeOffset now)
    {
        if (!RunPriority.IsAllowed(command.Priority))
        {
            return new RunDecision([], PriorityOutOfRange(command.Run, command.Priority));
        }

        return ledger.Find(command.Run) switch
        {
            null => UnknownRun(command.Run),
            { Status: var status } when status.HasEnded() => AlreadyEnded(command.Run, status),
            var run => new RunDecision(
                run.Priority == command.Priority
                    ? []
                    : [new RunEvents.Prioritised(command.Run, command.Priority, now)],
                new RunAnswers.Accepted(command.Run)),
        };
    }

    /// <summary>
    /// A trainer's word counts only under the fencing number in force and for the attempt that is under way.
    /// Saying the end of an attempt again is answered like the first time.
    /// </summary>
    public static RunDecision Hear(RunLedger ledger, IAboutAttempt word, DateTimeOffset now)
    {
        var attempt = word.Attempt;
        var superseded = new RunDecision([], new JobAnswers.Superseded(attempt, ledger.Fence));
        if (word.Fence != ledger.Fence
            || ledger.Find(attempt.Run) is not { } run
            || run.FindJob(attempt.Job) is not { } job
            || job.Attempt != attempt.Number)
        {
            return superseded;
        }

        var recorded = new JobAnswers.Recorded(attempt, ledger.Fence);
        if (!job.Status.IsActive())
        {
            return job.Result is not null && word is JobEvents.Succeeded
                ? new RunDecision([], recorded)
                : superseded;
        }

        return word switch
        {
            JobEvents.Accepted => new RunDecision([], null),
            JobEvents.Recovering e => new RunDecision(
                e.Plan.Attempt <= job.Recovery.Attempt
                    ? []
                    : [new RunEvents.JobRecovering(
                        run.Id, job.Id, attempt.Number, e.Plan, e.Where, e.Step, now)],
                null),
            JobEvents.Succeeded e => new RunDecision(
                [new RunEvents.JobSucceeded(run.Id, job.Id, attempt.Number, e.Result, now)], recorded),
            JobEvents.Failed e => new RunDecision(
                [new RunEvents.JobFailed(
                    run.Id, job.Id, attempt.Number, e.Reason, e.Detail, IsFinal(run, job, e), now)],
                recorded),
            JobEvents.Stopped e => new RunDecision(
                [new RunEvents.JobPreempted(run.Id, job.Id, attempt.Number, e.Reason, now)], recorded),
            _ => throw new ArgumentException($"no rule for {word.GetType().Name} from a trainer"),
        };
    }

    /// <summary>
    /// A node is gone for good: its jobs go back to the queue, and not at the cost of their budget.
    /// </summary>
    public static RunDecision LoseNode(RunLedger ledger, string node, DateTimeOffset now) => new(
        [.. ledger.ActiveJobs
            .Where(active => active.Job.Node == node)
            .Select(active => new RunEvents.JobPreempted(
                active.Run.Id, active.Job.Id, active.Job.Attempt, Reasons.NodeLost, now))],
        null);

    private static bool IsFinal(RunState run, JobState job, JobEvents.Failed failed) =>
        !failed.IsWorthRepeating || job.Failures >= run.RetryBudget;

    private static RunId NextId(RunLedger ledger, DateTimeOffset now)
    {
        var ordinal = 1;
        while (ledger.Runs.ContainsKey(RunId.At(now, ordinal)))
        {
            ordinal++;
        }

        return RunId.At(now, ordinal);
    }

    internal static RunDecision UnknownRun(RunId id) => new([], new RunAnswers.Refused(
        id, Refusals.UnknownRun, $"there is no run {id}; `trainctl runs list` shows those there are"));

    private static RunDecision AlreadyEnded(RunId id, RunStatus status) => new([], new RunAnswers.Refused(
        id, Refusals.AlreadyEnded, $"the run {id} has {status.Text()} and cannot be changed any more"));

    private static RunAnswers.Refused PriorityOutOfRange(RunId? run, int priority) => new(
        run, Refusals.OutOfRange,
        $"the priority is {priority}; it must be a number from {RunPriority.Least} to {RunPriority.Most}");
}
