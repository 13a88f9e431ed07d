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

    public RunStatus Status { get; init; }

    /// <summary>One of <see cref="Reasons"/>; null where the status needs none.</summary>
    public string? Reason { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public static RunState Of(RunEvents.Submitted submitted) => new()
    {
        Id = submitted.Run,
        Spec = submitted.Spec,
        SubmissionKey = submitted.SubmissionKey,
        Jobs = [.. submitted.Jobs.Select(job => new JobState { Plan = job })],
        GivenVersions = submitted.GivenVersions,
        RetryBudget = submitted.RetryBudget,
        SubmittedAt = submitted.At,
    };

    /// <exception cref="KeyNotFoundException">The run has no such job.</exception>
    public JobState Job(string id) =>
        FindJob(id) ?? throw new KeyNotFoundException($"the run {Id} has no job {id}");

    public JobState? FindJob(string id) => Jobs.FirstOrDefault(job => job.Id == id);

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
            Reason = null,
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
        RunEvents.JobCancelled e => With(e.Job, job => job with
        {
            Status = JobStatus.Cancelled,
            Reason = e.Reason,
            Detail = e.Detail,
            Node = null,
            EndedAt = e.At,
        }),
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
        Status = job.MissingInputs.IsEmpty ? JobStatus.Succeeded : JobStatus.Degraded,
        Reason = job.MissingInputs.IsEmpty ? null : Reasons.InputsMissing,
        Detail = job.MissingInputs.IsEmpty ? null : $"made without {string.Join(", ", job.MissingInputs)}",
        Result = e.Result,
        Node = null,
        EndedAt = e.At,
    };

    private static JobState Fail(JobState job, RunEvents.JobFailed e) => job with
    {
        Status = e.IsFinal ? JobStatus.Failed : JobStatus.Queued,
        Reason = e.Reason,
        Detail = e.Detail,
        Failures = job.Failures + 1,
        Node = null,
        EndedAt = e.IsFinal ? e.At : null,
    };

    private static JobState Requeue(JobState job, string reason) =>
        job with { Status = JobStatus.Queued, Reason = reason, Detail = null, Node = null };

    // Versions that stand are kept: only what has none is tried again, with a whole budget.
    private RunState Resume() => this with
    {
        Status = Jobs.Any(job => job.Attempt > 0) ? RunStatus.Running : RunStatus.Queued,
        Reason = null,
        Detail = null,
        EndedAt = null,
        Jobs = [.. Jobs.Select(job => job.Status is JobStatus.Failed or JobStatus.Cancelled
            ? job with
            {
                Status = JobStatus.Queued,
                Reason = null,
                Detail = null,
                Failures = 0,
                Recovery = RecoveryPlan.None,
                MissingInputs = [],
                EndedAt = null,
            }
            : job)],
    };

    private RunState With(string id, Func<JobState, JobState> change)
    {
        var index = Jobs.IndexOf(Job(id));
        return this with { Jobs = Jobs.SetItem(index, change(Jobs[index])) };
    }
}
