using System.CommandLine;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Remote;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands.Runs;

/// <summary>`trainctl runs watch RUN`: shows a run until it has ended.</summary>
internal static class RunsWatchCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    public static Command Create(CommandContext context)
    {
        var id = RunCommandsCommand.RunArgument();
        var timeout = new Option<int?>("--timeout")
        {
            Description = "Seconds to wait at most; then exit 7, and the run goes on",
            HelpName = "N",
        };
        var command = new Command("watch", "Show a run until it has ended or stands still") { id, timeout };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var timer = parsed.GetValue(timeout) is { } seconds
                ? context.Clock.CreateTimer(
                    _ => limit.Cancel(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan)
                : null;
            var code = await WatchAsync(context, parsed, parsed.GetRequiredValue(id), limit.Token);
            return limit.IsCancellationRequested && !cancellation.IsCancellationRequested ? ExitCode.TimedOut : code;
        });
        return command;
    }

    private static async Task<int> WatchAsync(
        CommandContext context, ParseResult parsed, string text, CancellationToken cancellation)
    {
        var (output, quiet) = (parsed.GetValue(CommonOptions.Output), parsed.GetValue(CommonOptions.Quiet));
        using var api = ServerOptions.Of(parsed, context);
        if (api is not null)
        {
            var run = await RemoteRuns.ResolveAsync(api, text);
            return await new RunFollower(context, api, output, quiet).FollowAsync(run, cancellation);
        }

        var state = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);
        var seen = RunsShowCommand.Resolve(state, text);
        var told = new Dictionary<string, JobStatus>(StringComparer.Ordinal);
        while (!seen.Status.HasEnded() && !seen.Status.IsHalted() && !cancellation.IsCancellationRequested)
        {
            Tell(quiet ? TextWriter.Null : context.Console.Error, seen, told);
            await Task.Delay(Pace, context.Clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            seen = state.Run(seen.Id) ?? throw new UserErrorException(new UserError(
                ExitCode.NotFound, "run.unknown", $"the run {seen.Id} is no longer in the journal"));
        }

        RunFollower.Print(context, output, RunDocument.Of(seen));
        return RunFollower.ExitCodeOf(seen.Status.Text());
    }

    private static void Tell(TextWriter writer, RunSummary run, Dictionary<string, JobStatus> told)
    {
        foreach (var job in run.Jobs.Where(job => told.GetValueOrDefault(job.Id, JobStatus.Queued) != job.Status))
        {
            told[job.Id] = job.Status;
            writer.WriteLine($"{job.Id}: {job.Status.Text()} {job.Detail ?? job.Reason}".TrimEnd());
        }
    }
}
