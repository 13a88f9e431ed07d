using System.CommandLine;
using Spectre.Console;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Remote;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands.Runs;

/// <summary>`trainctl runs list`: every run, the newest first.</summary>
internal static class RunsListCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("list", "List the runs, the newest first");
        command.SetAction(async (parsed, _) =>
        {
            using var api = ServerOptions.Of(parsed, context);
            if (api is not null)
            {
                await WriteRemoteAsync(context, api, parsed.GetValue(CommonOptions.Output));
                return ExitCode.Success;
            }

            var runs = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName).Runs();
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, [.. runs.Select(RunLineDocument.Of)]);
            }
            else
            {
                Write(context.Console.OutAnsi, runs);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WriteRemoteAsync(CommandContext context, ClusterApi api, OutputFormat output)
    {
        var runs = (await api.GetAsync<Page<Api.Documents.RunLineDocument>>("runs?pageSize=200")).Items;
        if (output == OutputFormat.Json)
        {
            JsonOutput.WriteList(context.Console.Out, runs);
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("run", "status", "jobs", "priority", "data", "submitted");
        foreach (var run in runs)
        {
            table.AddRow(
                run.RunId,
                run.Status + (run.Reason is null ? "" : $" ({run.Reason})"),
                $"{run.JobsDone}/{run.Jobs}",
                run.Priority.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Markup.Escape(run.DataName),
                TextFormat.Time(run.SubmittedAt));
        }

        context.Console.OutAnsi.Write(table);
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
        {
            console.WriteLine("no runs yet; start one with: trainctl train pipeline DATA");
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("run", "status", "jobs", "data", "strategies", "submitted");
        foreach (var run in runs)
        {
            table.AddRow(
                run.Id.Text,
                run.Status.Text() + (run.Reason is null ? "" : $" ({run.Reason})"),
                $"{run.Jobs.Count(job => job.Status.HasResult())}/{run.Jobs.Length}",
                Markup.Escape(run.Spec.DataName),
                Markup.Escape(string.Join(", ", run.Spec.Strategies)),
                TextFormat.Time(run.SubmittedAt));
        }

        console.Write(table);
    }

    private sealed record RunLineDocument(
        string RunId, string Status, string? Reason, string DataName, int JobsDone, int Jobs,
        DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt)
    {
        public static RunLineDocument Of(RunSummary run) => new(
            run.Id.Text, run.Status.Text(), run.Reason, run.Spec.DataName,
            run.Jobs.Count(job => job.Status.HasResult()), run.Jobs.Length, run.SubmittedAt, run.EndedAt);
    }
}
