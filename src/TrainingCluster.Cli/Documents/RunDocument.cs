using System.Diagnostics.CodeAnalysis;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Cli.Documents;

/// <summary>
/// A run of a state directory as commands print it in JSON: what a cluster says of one, and what was made of its
/// results here. Members are only ever added.
/// </summary>
internal sealed record RunDocument : Api.Documents.RunDocument
{
    [SetsRequiredMembers]
    private RunDocument(Api.Documents.RunDocument run)
        : base(run)
    {
    }

    /// <summary>By strategy, what its training samples are worth; null where nobody has looked.</summary>
    public IReadOnlyList<ReadinessDocument>? Readiness { get; init; }

    /// <summary>Null where no job came far enough to be scored.</summary>
    public LeaderboardDocument? Leaderboard { get; init; }

    /// <summary>Path of the HTML report, where there is one.</summary>
    public string? Report { get; init; }

    public static RunDocument Of(RunSummary run, Leaderboard? leaderboard = null, string? report = null) =>
        new(Api.Documents.RunDocument.Of(run))
        {
            Leaderboard = leaderboard is null ? null : LeaderboardDocument.Of(leaderboard),
            Report = report,
        };
}
