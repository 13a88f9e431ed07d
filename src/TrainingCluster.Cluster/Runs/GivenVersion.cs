using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// An earlier version that a run starts from, with the root digest it had when the run was accepted.
/// </summary>
public sealed record GivenVersion(VersionId Id, Digest Digest);
