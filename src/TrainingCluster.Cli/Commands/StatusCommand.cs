using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands;

/// <summary>`trainctl status`: what is going on in a state directory right now.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("status", "Say what is going on in the state directory");
        command.SetAction(parsed =>
        {
            var state = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);
            var runs = state.Runs();
            var registry = state.Registry();
            var newest = runs.FirstOrDefault();
            var document = new StatusDocument(
                state.Directory.Root,
                state.Directory.IsInUse,
                runs.Length,
                runs.Count(run => run.Status.IsHalted()),
                registry.Versions.Count,
                newest is null ? null : new NewestRun(
                    newest.Id.Text,
                    newest.Status.Text(),
                    newest.Jobs.Count(job => job.Status.HasResult()),
                    newest.Jobs.Count(job => job.Status.IsActive()),
                    newest.Jobs.Length));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                Write(context.Console.Out, document);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(TextWriter writer, StatusDocument status)
    {
        writer.WriteLine($"state     {status.StateDirectory} "
            + $"({(status.InUse ? "a process is training here" : "idle")})");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"runs      {status.Runs}, of which {status.ResumableRuns} can be resumed"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"versions  {status.Versions}"));
        if (status.NewestRun is { } run)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"newest    {run.RunId} {run.Status}: {run.JobsDone} of {run.Jobs} jobs done, {run.JobsActive} "
                    + $"active"));
        }
    }

    private sealed record StatusDocument(
        string StateDirectory, bool InUse, int Runs, int ResumableRuns, int Versions, NewestRun? NewestRun);

    private sealed record NewestRun(string RunId, string Status, int JobsDone, int JobsActive, int Jobs);
}
