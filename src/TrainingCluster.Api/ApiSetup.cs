using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Api;

/// <summary>What the HTTP interface stands on.</summary>
/// <param name="Client">Asks the cluster.</param>
/// <param name="Artifacts">Where bars are put.</param>
/// <param name="Logs">Finds the lines of a job; null: this node keeps none.</param>
/// <param name="Version">Of the program, for whoever asks.</param>
public sealed record ApiSetup(
    ApiOptions Options, ClusterClient Client, IArtifactStore Artifacts, IJobLogs? Logs, string Version, TimeProvider Clock);

/// <summary>Where the lines of a log lie that are about one job.</summary>
public interface IJobLogs
{
    /// <summary>The newest lines, the oldest of them first.</summary>
    /// <param name="run">A run's id.</param>
    /// <param name="job">A job's id.</param>
    IReadOnlyList<string> Read(string run, string job, int countMax);
}
