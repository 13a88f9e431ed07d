using Serilog;
using Serilog.Core;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Node.Logging;

/// <summary>
/// Writes what happens to runs and jobs into a file a day, <c>logs/training-20261121.log</c>; the newest fourteen are
/// kept. Several processes may write to one file.
/// </summary>
public sealed class RunLog : IProgress<RunNews>, IDisposable
{
    private const int FilesKept = 14;
    private const string Line =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Run} {Message:lj}{NewLine}{Exception}";

    private readonly Logger _logger;

    /// <summary>How the files of whoever has no name of its own begin.</summary>
    internal const string StandardName = "training";

    /// <param name="folder">Made if it is not there.</param>
    /// <param name="name">How the files begin.</param>
    public RunLog(string folder, string name = StandardName) => _logger = new LoggerConfiguration()
        .MinimumLevel.Debug()
        .WriteTo.File(
            Path.Combine(folder, $"{name}-.log"),
            outputTemplate: Line,
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: FilesKept,
            shared: true)
        .CreateLogger();

    public void Report(RunNews value)
    {
        var logger = _logger.ForContext("Run", value.Run.Text);
        switch (value)
        {
            case RunChanged run:
                logger.Information("{Status} {Reason} {Detail}", run.Status.Text(), run.Reason ?? "", run.Detail ?? "");
                break;
            case JobChanged job:
                logger.Information("{Job} attempt {Attempt} {Status} {Version} {Reason} {Detail}",
                    job.Job, job.Attempt, job.Status.Text(), job.Version ?? "", job.Reason ?? "", job.Detail ?? "");
                break;
            case JobAdvanced advanced:
                logger.Debug("{Job} {Phase} {Step}/{TotalSteps} {Values}",
                    advanced.Progress.JobId, advanced.Progress.Phase, advanced.Progress.Step,
                    advanced.Progress.TotalSteps, string.Join(' ', advanced.Progress.Values.Select(value =>
                        FormattableString.Invariant($"{value.Key}={value.Value:0.######}"))));
                break;
            default:
                logger.Warning("news of an unknown type {Type}", value.GetType().Name);
                break;
        }
    }

    public void Dispose() => _logger.Dispose();
}
