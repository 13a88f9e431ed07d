using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Progress;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Node.Logging;
using TrainingCluster.Node.Reporting;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>
/// A run in this process: a node starts on the state directory, the run goes to its coordinator, and the command shows
/// it until it stands still. Then the leaderboard and the report are made from what the run left behind.
/// </summary>
internal sealed class RunSession(CommandContext context, RunSessionOptions options)
{
    private const string CommandFile = "command.txt";
    private readonly CliConsole _console = context.Console;

    /// <summary>Submits a new run and stays with it.</summary>
    /// <param name="command">What a person types to get the same artifacts again.</param>
    public async Task<int> StartAsync(RunSpec spec, TrainingData data, string command)
    {
        using var signals = new RunSignals(context.Clock, _console.Error);
        var note = RunDataDocument.Of(data, RunReadiness.Of(spec, data.Panel, data.Quality));
        await using var host = await StartHostAsync();
        if (!options.Quiet)
        {
            note.Write(_console.Error, data);
        }

        var run = await host.SubmitAsync(spec, data.Panel);
        new HeldBars(options.StateDirectory, context.Clock).Hold(run.Text, data);
        var folder = host.Directory.RunPath(run.Text);
        Directory.CreateDirectory(folder);
        note.Save(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, CommandFile), command);
        return await FollowAsync(host, run, signals);
    }

    /// <summary>Goes on with a run that was stopped or killed.</summary>
    public async Task<int> ResumeAsync(RunId run)
    {
        NumericProfile.Apply();
        using var signals = new RunSignals(context.Clock, _console.Error);
        await using var host = await StartHostAsync();
        await host.ResumeAsync(run);
        return await FollowAsync(host, run, signals);
    }

    private Task<ClusterHost> StartHostAsync() => ClusterHost.StartAsync(new ClusterHostOptions
    {
        StateDirectory = options.StateDirectory,
        TimeProvider = context.Clock,
        Config = options.Settings.Effective,
    });

    private async Task<int> FollowAsync(ClusterHost host, RunId run, RunSignals signals)
    {
        RunSummary summary;
        using (var log = new RunLog(host.Directory.LogsPath))
        using (var view = View(await host.GetAsync(run)))
        {
            _console.Error.WriteLine($"run {run}");
            try
            {
                summary = await host.WaitAsync(run, new LoggedRunView(log, view), signals.Asked);
            }
            catch (OperationCanceledException)
            {
                summary = await PauseAsync(host, run);
            }
        }

        if (summary.Status.IsHalted())
        {
            _console.Error.WriteLine($"run {run} is checkpointed; go on with: trainctl train resume {run} --state "
                + $"{options.StateDirectory}");
            return signals.ExitCode;
        }

        new HeldBars(options.StateDirectory, context.Clock).Release(run.Text);
        var bars = BarPanelArtifact.Get(host.Artifacts, summary.Spec.Data);
        Print(host.Directory, summary, bars);
        return summary.Status switch
        {
            RunStatus.Succeeded => ExitCode.Success,
            RunStatus.Degraded => ExitCode.Partial,
            _ when summary.Jobs.Any(job => job.Reason is Reasons.ArtifactCorrupt or Reasons.ArtifactMissing) =>
                ExitCode.CheckFailed,
            _ => ExitCode.Failed,
        };
    }

    private static async Task<RunSummary> PauseAsync(ClusterHost host, RunId run)
    {
        try
        {
            return await host.PauseAsync(run);
        }
        catch (RequestRefusedException)
        {
            // Its last job was done before the request arrived.
            return await host.GetAsync(run);
        }
    }

    private void Print(StateDirectory directory, RunSummary summary, BarPanel bars)
    {
        var state = StateReader.Open(directory.Root);
        var registry = state.Registry();
        var leaderboard = RunResults.Leaderboard(summary, bars, registry, state.Artifacts);
        var report = WriteReport(state, summary, bars, leaderboard);
        var document = RunDocument.Of(summary, leaderboard, report) with
        {
            Readiness = RunDataDocument.Load(directory.RunPath(summary.Id.Text))?.Readiness,
        };
        if (options.Output == OutputFormat.Json)
        {
            JsonOutput.Write(_console.Out, document);
            return;
        }

        RunTables.WriteRun(_console.OutAnsi, document);
        if (document.Leaderboard is { } board)
        {
            RunTables.WriteLeaderboard(_console.OutAnsi, board);
            EvidenceTables.Write(_console.OutAnsi, leaderboard!);
        }
    }

    private static string WriteReport(StateReader state, RunSummary summary, BarPanel bars, Leaderboard? leaderboard)
    {
        var folder = state.Directory.RunPath(summary.Id.Text);
        var commandFile = Path.Combine(folder, CommandFile);
        var command = File.Exists(commandFile) ? File.ReadAllText(commandFile) : $"trainctl train resume {summary.Id}";
        var report = RunResults.Report(
            summary, bars, state.Registry(), state.Artifacts, leaderboard, command, ProductVersion.Text);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "report.html");
        File.WriteAllText(file, ReportPage.Render(report));
        return file;
    }

    private IRunView View(RunSummary run)
    {
        var board = new JobBoard(run);
        return options.Quiet ? new QuietRunView()
            : _console.ErrorIsTerminal ? new LiveRunView(_console.ErrorAnsi, board, context.Clock)
            : new PlainRunView(_console.Error, board, context.Clock);
    }
}
