using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Api.Documents;

/// <summary>A run as programs read it in JSON. Members are only ever added.</summary>
public record RunDocument
{
    public int SchemaVersion { get; init; } = 1;

    public required string RunId { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Detail { get; init; }

    /// <summary>-100 to 100; runs of a higher one get slots first.</summary>
    public int Priority { get; init; }

    public required string DataName { get; init; }

    public required string DataDigest { get; init; }

    /// <summary>By symbol, where the bars came from and what was done to them.</summary>
    public IReadOnlyList<DataOrigin> Data { get; init; } = [];

    public required IReadOnlyList<string> Strategies { get; init; }

    public required string Budget { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required IReadOnlyList<JobDocument> Jobs { get; init; }

    public static RunDocument Of(RunSummary run) => new()
    {
        RunId = run.Id.Text,
        Status = run.Status.Text(),
        Reason = run.Reason,
        Detail = run.Detail,
        Priority = run.Priority,
        DataName = run.Spec.DataName,
        DataDigest = run.Spec.Data.Hex,
        Data = run.Spec.Origins,
        Strategies = run.Spec.Strategies,
        Budget = run.Spec.Budget.ToString().ToLowerInvariant(),
        Seed = run.Spec.Seed,
        SubmittedAt = run.SubmittedAt,
        EndedAt = run.EndedAt,
        Jobs = [.. run.Jobs.Select(JobDocument.Of)],
    };
}

/// <summary>One job's outcome.</summary>
public sealed record JobDocument(
    string Id,
    string Status,
    string? Reason,
    string? Detail,
    int Attempts,
    int Recoveries,
    double? DurationSeconds,
    string? Version,
    string? Grade,
    IReadOnlyList<FileDocument> Artifacts,
    IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The node that holds it while it is active.</summary>
    public string? Node { get; init; }

    /// <summary>Attempts that used up the budget.</summary>
    public int Failures { get; init; }

    /// <summary>Times it was put back through no fault of its own.</summary>
    public int Preemptions { get; init; }

    public static JobDocument Of(JobSummary job) => new(
        job.Id,
        job.Status.Text(),
        job.Reason,
        job.Detail,
        job.Attempts,
        job.Recoveries,
        (job.EndedAt - job.StartedAt)?.TotalSeconds,
        job.Result?.Version.ToString(),
        job.Result?.Grade,
        job.Result is null
            ? []
            : [.. job.Result.Files.Select(file => new FileDocument(file.Role, file.Digest.Hex, file.Size))],
        (IReadOnlyDictionary<string, double>?)job.Result?.Metrics ?? new Dictionary<string, double>())
    {
        Node = job.Node,
        Failures = job.Failures,
        Preemptions = job.Preemptions,
    };
}

/// <summary>An artifact by its sha-256.</summary>
public sealed record FileDocument(string Role, string Sha256, long SizeBytes);

/// <summary>A run in a list.</summary>
public sealed record RunLineDocument(
    string RunId,
    string Status,
    string? Reason,
    string DataName,
    int JobsDone,
    int Jobs,
    int Priority,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt)
{
    public static RunLineDocument Of(RunLine run) => new(
        run.Id.Text,
        run.Status.Text(),
        run.Reason,
        run.DataName,
        run.JobsDone,
        run.Jobs,
        run.Priority,
        run.SubmittedAt,
        run.EndedAt);
}
