using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Progress;

/// <summary>Shows a run while it goes on, on standard error. News may come from any thread, one at a time.</summary>
internal interface IRunView : IProgress<RunNews>, IDisposable;
