using System.Collections.Immutable;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Node.Reporting;

/// <summary>Everything that the report of a run shows; the page computes nothing of its own.</summary>
public sealed record RunReport
{
    public required string RunId { get; init; }

    /// <summary>"succeeded", "degraded", "failed", "cancelled" or "interrupted".</summary>
    public required string Status { get; init; }

    public required RunSpec Spec { get; init; }

    /// <summary>What a person types to get the same artifacts again.</summary>
    public required string Command { get; init; }

    /// <summary>Of the program.</summary>
    public required string ProductVersion { get; init; }

    public required BarPanel Bars { get; init; }

    /// <summary>By symbol.</summary>
    public required ImmutableArray<QualityReport> Quality { get; init; }

    /// <summary>Null where no job came far enough to be scored.</summary>
    public required Leaderboard? Leaderboard { get; init; }

    public required ImmutableArray<ReportedJob> Jobs { get; init; }

    /// <summary>Library versions and processor features that the bytes depend on.</summary>
    public required ImmutableSortedDictionary<string, string> Profile { get; init; }
}

/// <summary>A job of the run as the report shows it.</summary>
public sealed record ReportedJob(
    string JobId, string Status, string? Reason, int Attempts, ModelVersion? Version, JobEvaluation? Evaluation);
