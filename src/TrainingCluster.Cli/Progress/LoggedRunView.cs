using TrainingCluster.Cluster.Runs;
using TrainingCluster.Node.Logging;

namespace TrainingCluster.Cli.Progress;

/// <summary>Gives every piece of news to the log file first, then to the screen.</summary>
internal sealed class LoggedRunView(RunLog log, IRunView view) : IProgress<RunNews>
{
    public void Report(RunNews value)
    {
        log.Report(value);
        view.Report(value);
    }
}
