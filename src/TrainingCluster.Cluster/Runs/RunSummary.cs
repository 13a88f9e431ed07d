using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>A run in a list.</summary>
public sealed record RunLine(
    RunId Id,
    RunStatus Status,
    string? Reason,
    string DataName,
    int JobsDone,
    int Jobs,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt)
{
    public int Priority { get; init; }

    public static RunLine Of(RunState run) => new(
        run.Id,
        run.Status,
        run.Reason,
        run.Spec.DataName,
        run.Jobs.Count(job => job.Status.HasEnded()),
        run.Jobs.Length,
        run.SubmittedAt,
        run.EndedAt)
    {
        Priority = run.Priority,
    };
}

/// <summary>A run with the outcome of each job, for people and programs.</summary>
public sealed record RunSummary
{
    public required RunId Id { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>One of <see cref="Reasons"/>; null where the status needs none.</summary>
    public required string? Reason { get; init; }

    public required string? Detail { get; init; }

    public required RunSpec Spec { get; init; }

    /// <summary>In the plan's order.</summary>
    public required ImmutableArray<JobSummary> Jobs { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public int Priority { get; init; }

    /// <summary>No job of it holds a slot: nothing of it happens right now.</summary>
    public bool IsStill => !Jobs.Any(job => job.Status.IsActive());

    public static RunSummary Of(RunState run) => new()
    {
        Id = run.Id,
        Status = run.Status,
        Reason = run.Reason,
        Detail = run.Detail,
        Spec = run.Spec,
        Jobs = [.. run.Jobs.Select(JobSummary.Of)],
        SubmittedAt = run.SubmittedAt,
        EndedAt = run.EndedAt,
        Priority = run.Priority,
    };
}

/// <summary>One job's outcome.</summary>
/// <param name="Recoveries">Numerical faults it went on from.</param>
/// <param name="Result">Null until it has a version.</param>
public sealed record JobSummary(
    string Id,
    Stage Stage,
    string? Strategy,
    JobStatus Status,
    string? Reason,
    string? Detail,
    int Attempts,
    int Recoveries,
    JobResult? Result,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>The node that holds it while it is active.</summary>
    public string? Node { get; init; }

    /// <summary>Attempts that used up the budget.</summary>
    public int Failures { get; init; }

    /// <summary>Times it was put back through no fault of its own.</summary>
    public int Preemptions { get; init; }

    public static JobSummary Of(JobState job) => new(
        job.Id,
        job.Plan.Stage,
        job.Plan.Strategy,
        job.Status,
        job.Reason,
        job.Detail,
        job.Attempt,
        job.Recovery.Attempt,
        job.Result,
        job.StartedAt,
        job.EndedAt)
    {
        Node = job.Node,
        Failures = job.Failures,
        Preemptions = job.Preemptions,
    };
}
