using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Node.Logging;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Api;

/// <summary>What the HTTP interface stands on.</summary>
/// <param name="Client">Asks the cluster.</param>
/// <param name="Artifacts">Where bars are put.</param>
/// <param name="Logs">Finds the lines of a job; null: this node keeps none.</param>
/// <param name="Version">Of the program, for whoever asks.</param>
public sealed record ApiSetup(
    ApiOptions Options,
    ClusterClient Client,
    IArtifactStore Artifacts,
    JobLogFiles? Logs,
    string Version,
    TimeProvider Clock);
