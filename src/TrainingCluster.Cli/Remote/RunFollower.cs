using System.Collections.Immutable;
using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Commands.Data;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Progress;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Remote;

/// <summary>Stays with a run of a cluster until it has ended, and shows it meanwhile.</summary>
internal sealed class RunFollower(CommandContext context, ClusterApi api, OutputFormat output, bool quiet)
{
    private const int BreaksMax = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Follows, then prints the run.</summary>
    /// <returns>The exit code that the run's end means.</returns>
    public async Task<int> FollowAsync(string run, CancellationToken cancellation)
    {
        using var signals = new StopSignals();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Asked);
        RunDocument last;
        try
        {
            last = await ShowAsync(run, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            context.Console.Error.WriteLine($"detached; run {run} goes on. Go back to it with: "
                + $"trainctl runs watch {run} --server {api.Server}");
            return signals.Asked.IsCancellationRequested ? signals.ExitCode : ExitCode.Interrupted;
        }

        Print(context, output, last);
        return ExitCodeOf(last.Status);
    }

    public static void Print(CommandContext context, OutputFormat output, RunDocument run)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(context.Console.Out, run);
        }
        else
        {
            RunTables.WriteRun(context.Console.OutAnsi, run);
        }
    }

    public static int ExitCodeOf(string status) => status switch
    {
        "succeeded" => ExitCode.Success,
        "degraded" => ExitCode.Partial,
        _ => ExitCode.Failed,
    };

    // A node that leaves ends its streams: the next answer may come from another one behind the same address.
    private async Task<RunDocument> ShowAsync(string run, CancellationToken cancellation)
    {
        IRunView? view = null;
        try
        {
            for (var breaks = 0; breaks < BreaksMax; breaks++)
            {
                await foreach (var (name, data) in api.EventsAsync($"runs/{run}/events", cancellation))
                {
                    breaks = 0;
                    if (name is "end" or "snapshot")
                    {
                        var document = ClusterApi.Parse<RunDocument>(data);
                        if (name == "end")
                        {
                            return document;
                        }

                        view ??= View(document);
                    }
                    else if (NewsOf(name, data) is { } news)
                    {
                        view?.Report(news);
                    }
                }

                await Task.Delay(Pause, context.Clock, cancellation);
            }
        }
        finally
        {
            view?.Dispose();
        }

        throw new UserErrorException(new UserError(ExitCode.Unreachable, "server.unreachable",
            $"the cluster at {api.Server} ended the stream of run {run} {BreaksMax} times in a row"));
    }

    private static RunNews? NewsOf(string name, string data)
    {
        switch (name)
        {
            case "job":
                var job = ClusterApi.Parse<JobNewsDocument>(data);
                return Enum.TryParse<JobStatus>(job.Status, ignoreCase: true, out var status)
                    ? new JobChanged(
                        RunId.Parse(job.RunId), job.Job, status, job.Attempt, job.Node, job.Reason, job.Detail,
                        job.Version)
                    : null;
            case "progress":
                var progress = ClusterApi.Parse<ProgressDocument>(data);
                return new JobAdvanced(
                    RunId.Parse(progress.RunId),
                    new JobProgress(progress.Job, progress.Phase, progress.Step, progress.TotalSteps,
                        progress.Values.ToImmutableSortedDictionary()),
                    progress.Attempt);
            default:
                return null;
        }
    }

    private IRunView View(RunDocument run)
    {
        var console = context.Console;
        var board = new JobBoard(
        [
            .. run.Jobs.Select(job => new JobLine(
                job.Id,
                Enum.TryParse<JobStatus>(job.Status, ignoreCase: true, out var status) ? status : JobStatus.Queued,
                null,
                job.Version,
                job.Detail)),
        ]);
        return quiet || output == OutputFormat.Json ? new QuietRunView()
            : console.ErrorIsTerminal ? new LiveRunView(console.ErrorAnsi, board, context.Clock)
            : new PlainRunView(console.Error, board, context.Clock);
    }
}
