using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cluster.Runs;

/// <summary>What a successful job left behind.</summary>
/// <param name="Version">The registered version.</param>
/// <param name="Digest">The version's root digest.</param>
/// <param name="Metrics">Out of sample, finite values only.</param>
/// <param name="Grade">Letters, or "ungraded".</param>
public sealed record JobResult(
    VersionId Version,
    Digest Digest,
    ImmutableArray<ArtifactFile> Files,
    ImmutableSortedDictionary<string, double> Metrics,
    string Grade);
