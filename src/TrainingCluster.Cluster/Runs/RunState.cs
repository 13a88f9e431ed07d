using System.Globalization;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// One run as a fold over its events. No clock, no randomness: the same events give the same state.
/// </summary>
public sealed record RunState
{
    public required RunId Id { get; init; }

    public required RunSpec Spec { get; init; }

    public required string SubmissionKey { get; init; }

    /// <summary>In the plan's order: each after those it depends on.</summary>
    public required ImmutableArray<JobState> Jobs { get; init; }

    public required ImmutableArray<GivenVersion> GivenVersions { get; init; }

    public required int RetryBudget { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Runs of a higher one get slots first; see <see cref="RunPriority"/>.</summary>
    public int Priority { get; init; }

    public RunStatus Status { get; init; }

    /// <summary>One of <see cref="Reasons"/>; null where the status needs none.</summary>
    public string? Reason { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where each job stands in <see cref="Jobs"/>; the plan never changes.</summary>
    private ImmutableDictionary<string, int> Places { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>By job, how many jobs stand one behind the other between it and the end of the graph.</summary>
    private ImmutableArray<int> StepsToEnd { get; init; } = [];

    public static RunState Of(RunEvents.Submitted submitted) => new()
    {
        Id = submitted.Run,
        Spec = submitted.Spec,
        SubmissionKey = submitted.SubmissionKey,
        Jobs = [.. submitted.Jobs.Select(job => new JobState { Plan = job })],
        GivenVersions = submitted.GivenVersions,
        RetryBudget = submitted.RetryBudget,
        SubmittedAt = submitted.At,
        Priority = submitted.Priority,
        Places = submitted.Jobs.Select((job, place) => KeyValuePair.Create(job.Id, place))
            .ToImmutableDictionary(StringComparer.Ordinal),
        StepsToEnd = StepsOf(submitted.Jobs),
    };

    /// <exception cref="KeyNotFoundException">The run has no such job.</exception>
    public JobState Job(string id) =>
        FindJob(id) ?? throw new KeyNotFoundException($"the run {Id} has no job {id}");

    public JobState? FindJob(string id) => Places.TryGetValue(id, out var place) ? Jobs[place] : null;

    /// <summary>
    /// Jobs that may be given to a node, those with the longest way to the end behind them first.
    /// </summary>
    public IEnumerable<JobState> ReadyJobs => Status is RunStatus.Queued or RunStatus.Running
        ? Jobs.Where(IsReady).OrderByDescending(job => StepsToEnd[Places[job.Id]])
        : [];

    /// <summary>A job may be given to a node: the run goes on and each input is there or given up.</summary>
    public bool IsReady(JobState job) =>
        Status is RunStatus.Queued or RunStatus.Running
        && job.Status == JobStatus.Queued
        && job.Plan.DependsOn.All(input =>
            Job(input).Status.HasResult() || job.MissingInputs.Contains(input));

    public RunState Apply(IEventOfRun happened) => happened switch
    {
        RunEvents.JobAssigned e => With(e.Job, job => job with
        {
            Status = job.Recovery.Attempt > 0 ? JobStatus.Recovering : JobStatus.Running,
            Attempt = e.Attempt,
            Node = e.Node,
            StartedAt = job.StartedAt ?? e.At,
            Reason = job.Recovery.Attempt > 0 ? Reasons.NumericalInstability : null,
            Detail = null,
        }) with
        { Status = RunStatus.Running },
        RunEvents.JobInputsMissing e => With(e.Job, job => job with { MissingInputs = e.Missing }),
        RunEvents.JobRecovering e => With(e.Job, job => job with
        {
            Status = JobStatus.Recovering,
            Recovery = e.Plan,
            Reason = Reasons.NumericalInstability,
            Detail = $"{e.Where} at step {e.Step}",
        }),
        RunEvents.JobSucceeded e => With(e.Job, job => Succeed(job, e)),
        RunEvents.JobFailed e => With(e.Job, job => Fail(job, e)),
        RunEvents.JobPreempted e => With(e.Job, job => Requeue(job, e.Reason)),
        RunEvents.JobCancelled e => With(e.Job, job => TakeOut(job, JobStatus.Cancelled, e.Reason, e.Detail, e.At)),
        RunEvents.JobPaused e => With(e.Job, job => job with
        {
            IsHeld = true,
            Status = job.Status == JobStatus.Queued ? JobStatus.Paused : job.Status,
            Reason = e.Reason,
        }),
        RunEvents.JobResumed e => With(e.Job, job => job with
        {
            IsHeld = false,
            Status = job.Status == JobStatus.Paused ? JobStatus.Queued : job.Status,
            Reason = null,
        }),
        RunEvents.JobRetried e => Retry(e),
        RunEvents.JobQuarantined e => With(e.Job, job =>
            TakeOut(job, JobStatus.Failed, Reasons.Quarantined, e.Detail, e.At) with { IsQuarantined = true }),
        RunEvents.Prioritised e => this with { Priority = e.Priority },
        RunEvents.Paused e => this with { Status = RunStatus.Paused, Reason = e.Reason },
        RunEvents.Interrupted => this with
        {
            Status = RunStatus.Interrupted,
            Reason = Reasons.ProcessEnded,
            Jobs = [.. Jobs.Select(job => job.Status.IsActive() ? Requeue(job, Reasons.ProcessEnded) : job)],
        },
        RunEvents.Resumed => Resume(),
        RunEvents.Ended e =>
            this with { Status = e.Status, Reason = e.Reason, Detail = e.Detail, EndedAt = e.At },
        _ => throw new ArgumentException($"a run knows no event of type {happened.GetType().Name}"),
    };

    private static JobState Succeed(JobState job, RunEvents.JobSucceeded e) => job with
    {
        Status = job.Degradation is null ? JobStatus.Succeeded : JobStatus.Degraded,
        Reason = job.Degradation is null ? null
            : job.MissingInputs.IsEmpty ? Reasons.OutOfMemory
            : Reasons.InputsMissing,
        Detail = job.Degradation,
        Result = e.Result,
        Node = null,
        EndedAt = e.At,
    };

    private static JobState Fail(JobState job, RunEvents.JobFailed e) => job with
    {
        Status = e.IsFinal ? JobStatus.Failed : Waiting(job),
        Reason = e.Reason,
        Detail = e.Detail,
        Failures = job.Failures + 1,
        FailureNotes = job.FailureNotes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{e.At:O} attempt {e.Attempt} on {job.Node}: {e.Reason}: {e.Detail}")),
        Recovery = e.Reason == Reasons.OutOfMemory && !e.IsFinal
            ? job.Recovery with { MemoryFaults = job.Recovery.MemoryFaults + 1 }
            : job.Recovery,
        Node = null,
        EndedAt = e.IsFinal ? e.At : null,
    };

    private static JobState Requeue(JobState job, string reason) => job with
    {
        Status = Waiting(job),
        Reason = reason,
        Detail = null,
        Node = null,
        Preemptions = job.Preemptions + 1,
    };

    private static JobStatus Waiting(JobState job) => job.IsHeld ? JobStatus.Paused : JobStatus.Queued;

    private static JobState TakeOut(
        JobState job, JobStatus status, string reason, string detail, DateTimeOffset at) => job with
        {
            Status = status,
            Reason = reason,
            Detail = detail,
            Node = null,
            IsHeld = false,
            EndedAt = at,
        };

    private static JobState Again(JobState job) => job with
    {
        Status = JobStatus.Queued,
        Reason = null,
        Detail = null,
        Failures = 0,
        FailureNotes = [],
        Recovery = RecoveryPlan.None,
        MissingInputs = [],
        IsQuarantined = false,
        EndedAt = null,
    };

    // Versions that stand are kept: only what has none is tried again, with a whole budget.
    private RunState Resume() => Reopened() with
    {
        Jobs = [.. Jobs.Select(job =>
            job.Status is JobStatus.Failed or JobStatus.Cancelled && !job.IsQuarantined ? Again(job) : job)],
    };

    // A run that was halted stays so: the job waits with it.
    private RunState Retry(RunEvents.JobRetried e)
    {
        var again = e.Dependants.Add(e.Job).ToHashSet(StringComparer.Ordinal);
        return (Status.HasEnded() ? Reopened() : this) with
        {
            Jobs = [.. Jobs.Select(job => again.Contains(job.Id) ? Again(job)
                : job.Status.IsWaiting() && job.MissingInputs.Any(again.Contains) ? job with { MissingInputs = [] }
                : job)],
        };
    }

    private RunState Reopened() => this with
    {
        Status = Jobs.Any(job => job.Attempt > 0) ? RunStatus.Running : RunStatus.Queued,
        Reason = null,
        Detail = null,
        EndedAt = null,
    };

    private RunState With(string id, Func<JobState, JobState> change)
    {
        var place = Places.TryGetValue(id, out var found)
            ? found
            : throw new KeyNotFoundException($"the run {Id} has no job {id}");
        return this with { Jobs = Jobs.SetItem(place, change(Jobs[place])) };
    }

    // Each job stands after those it depends on, so one way back through the plan sees every chain.
    private static ImmutableArray<int> StepsOf(ImmutableArray<PlannedJob> jobs)
    {
        var places = jobs.Select((job, place) => (job.Id, place)).ToDictionary(job => job.Id, job => job.place);
        var steps = new int[jobs.Length];
        for (var place = jobs.Length - 1; place >= 0; place--)
        {
            foreach (var input in jobs[place].DependsOn)
            {
                steps[places[input]] = Math.Max(steps[places[input]], steps[place] + 1);
            }
        }

        return [.. steps];
    }
}
