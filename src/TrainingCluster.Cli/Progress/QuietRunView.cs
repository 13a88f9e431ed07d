using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class QuietRunView : IRunView
{
    public void Report(RunNews value)
    {
    }

    public void Dispose()
    {
    }
}
