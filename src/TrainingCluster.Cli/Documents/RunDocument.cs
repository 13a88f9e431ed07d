using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Cli.Documents;

/// <summary>A run as commands print it in JSON. Members are only ever added.</summary>
internal sealed record RunDocument
{
    public int SchemaVersion { get; init; } = 1;

    public required string RunId { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Detail { get; init; }

    public required string DataName { get; init; }

    public required string DataDigest { get; init; }

    /// <summary>By symbol, where the bars came from and what was done to them.</summary>
    public IReadOnlyList<DataOrigin> Data { get; init; } = [];

    /// <summary>By strategy, what its training samples are worth; null where nobody has looked.</summary>
    public IReadOnlyList<ReadinessDocument>? Readiness { get; init; }

    public required IReadOnlyList<string> Strategies { get; init; }

    public required string Budget { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required IReadOnlyList<JobDocument> Jobs { get; init; }

    /// <summary>Null where no job came far enough to be scored.</summary>
    public LeaderboardDocument? Leaderboard { get; init; }

    /// <summary>Path of the HTML report, where there is one.</summary>
    public string? Report { get; init; }

    public static RunDocument Of(RunSummary run, Leaderboard? leaderboard = null, string? report = null) => new()
    {
        RunId = run.Id.Text,
        Status = run.Status.Text(),
        Reason = run.Reason,
        Detail = run.Detail,
        DataName = run.Spec.DataName,
        DataDigest = run.Spec.Data.Hex,
        Data = run.Spec.Origins,
        Strategies = run.Spec.Strategies,
        Budget = run.Spec.Budget.ToString().ToLowerInvariant(),
        Seed = run.Spec.Seed,
        SubmittedAt = run.SubmittedAt,
        EndedAt = run.EndedAt,
        Jobs = [.. run.Jobs.Select(JobDocument.Of)],
        Leaderboard = leaderboard is null ? null : LeaderboardDocument.Of(leaderboard),
        Report = report,
    };
}

/// <summary>One job's outcome.</summary>
internal sealed record JobDocument(
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
        (IReadOnlyDictionary<string, double>?)job.Result?.Metrics ?? new Dictionary<string, double>());
}

/// <summary>An artifact by its sha-256.</summary>
internal sealed record FileDocument(string Role, string Sha256, long SizeBytes);
