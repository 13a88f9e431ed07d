using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Commands.Data;
using TrainingCluster.Cli.Commands.Jobs;
using TrainingCluster.Cli.Commands.Runs;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Remote;

namespace TrainingCluster.Cli.Commands.Clusters;

/// <summary>`trainctl cluster …`: who holds what, nodes, slots, why a job waits, what happens.</summary>
internal static class ClusterCommands
{
    public static Command CreateStatus(CommandContext context)
    {
        var command = new Command("status", "Say who holds the coordinator and the registry, and what waits");
        command.SetAction(async (parsed, _) =>
        {
            using var api = Require(parsed, context);
            var cluster = await api.GetAsync<ClusterDocument>("cluster");
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, cluster);
            }
            else
            {
                Write(context.Console, cluster);
            }

            return cluster.Coordinator is null || cluster.Registry is null ? ExitCode.CheckFailed : ExitCode.Success;
        });
        return command;
    }

    public static Command CreateNodes(CommandContext context)
    {
        var command = new Command("nodes", "List the members of the cluster");
        command.SetAction(async (parsed, _) =>
        {
            using var api = Require(parsed, context);
            var nodes = await api.GetAsync<Page<NodeDocument>>("nodes");
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, nodes.Items);
            }
            else
            {
                WriteNodes(context.Console.OutAnsi, nodes.Items);
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateSlots(CommandContext context)
    {
        var command = new Command("slots", "List the nodes that offer slots, and how many are busy");
        command.SetAction(async (parsed, _) =>
        {
            using var api = Require(parsed, context);
            NodeDocument[] nodes =
                [.. (await api.GetAsync<Page<NodeDocument>>("nodes")).Items.Where(node => node.Slots is not null)];
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, nodes);
            }
            else
            {
                WriteNodes(context.Console.OutAnsi, nodes);
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateExplain(CommandContext context)
    {
        var (run, job) = (RunCommandsCommand.RunArgument(), JobsCommands.JobArgument());
        var command = new Command("explain", "Say why a job is where it is") { run, job };
        command.SetAction(async (parsed, _) =>
        {
            using var api = Require(parsed, context);
            var id = await RemoteRuns.ResolveAsync(api, parsed.GetRequiredValue(run));
            var why = await api.GetAsync<ExplanationDocument>(
                $"runs/{id}/jobs/{JobsCommands.PathOf(parsed.GetRequiredValue(job))}/explanation");
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, why);
            }
            else
            {
                context.Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{why.Job} of {why.RunId}: {why.Status}, attempt {why.Attempts}, {why.Failures} of "
                        + $"{why.RetryBudget} repeats used up, put back {why.Preemptions} times"));
                foreach (var line in why.Why)
                {
                    context.Console.Out.WriteLine($"  {line}");
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateEvents(CommandContext context)
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Show what happens from now on until Ctrl-C" };
        var command = new Command("events", "List who did what in the last day") { follow };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = Require(parsed, context);
            return parsed.GetValue(follow)
                ? await FollowAsync(context, api, cancellation)
                : await CommandsAsync(context, api, parsed.GetValue(CommonOptions.Output));
        });
        return command;
    }

    private static async Task<int> FollowAsync(CommandContext context, ClusterApi api, CancellationToken cancellation)
    {
        using var signals = new StopSignals();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Asked);
        try
        {
            // One line of JSON each, whatever the format: lines are added and never changed.
            await foreach (var (name, data) in api.EventsAsync("events", over.Token))
            {
                context.Console.Out.WriteLine($"{name} {data}");
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return signals.Asked.IsCancellationRequested ? signals.ExitCode : ExitCode.Interrupted;
        }

        throw new UserErrorException(new UserError(
            ExitCode.Unreachable, "server.unreachable", $"the cluster at {api.Server} ended the stream"));
    }

    private static async Task<int> CommandsAsync(CommandContext context, ClusterApi api, OutputFormat output)
    {
        var commands = await api.GetAsync<Page<CommandDocument>>("commands?pageSize=100");
        if (output == OutputFormat.Json)
        {
            JsonOutput.WriteList(context.Console.Out, commands.Items);
            return ExitCode.Success;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("at", "by", "what", "run", "job", "command id");
        foreach (var command in commands.Items)
        {
            table.AddRow(
                TextFormat.Time(command.At), Markup.Escape(command.By), command.Verb, command.RunId,
                Markup.Escape(command.Job ?? ""), Markup.Escape(command.CommandId));
        }

        context.Console.OutAnsi.Write(table);
        return ExitCode.Success;
    }

    private static ClusterApi Require(ParseResult parsed, CommandContext context) =>
        ServerOptions.Of(parsed, context) ?? throw new UserErrorException(new UserError(
            ExitCode.Usage, "cli.usage", "--server is missing: which cluster?")
        {
            Hints = ["trainctl status looks at the state directory of this machine"],
        });

    private static void Write(CliConsole console, ClusterDocument cluster)
    {
        var writer = console.Out;
        writer.WriteLine(cluster.Coordinator is { } coordinator
            ? string.Create(CultureInfo.InvariantCulture,
                $"coordinator  {coordinator.Node}, epoch {coordinator.Epoch} since "
                    + $"{TextFormat.Time(coordinator.ActiveSince ?? default)}, "
                    + $"answered in {coordinator.AnswerSeconds * 1000:0} ms")
            : "coordinator  does not answer");
        writer.WriteLine(cluster.Registry is { } registry
            ? string.Create(CultureInfo.InvariantCulture,
                $"registry     {registry.Node}, {registry.Versions} versions, "
                    + $"answered in {registry.AnswerSeconds * 1000:0} ms")
            : "registry     does not answer");
        if (cluster.Coordinator is { } c)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"runs         {c.RunsOpen} open of {c.Runs}"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"jobs         {c.JobsActive} active, {c.JobsReady} ready, {c.JobsBlocked} blocked, "
                    + $"{c.JobsPaused} paused"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"slots        {c.SlotsBusy} of {c.Slots} busy"));
        }

        writer.WriteLine($"version      {cluster.Version}");
        WriteNodes(console.OutAnsi, cluster.Nodes);
    }

    private static void WriteNodes(IAnsiConsole console, IReadOnlyList<NodeDocument> nodes)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("node", "status", "roles");
        table.AddColumn(new TableColumn("busy").RightAligned());
        table.AddColumn(new TableColumn("slots").RightAligned());
        foreach (var node in nodes)
        {
            table.AddRow(
                Markup.Escape(node.Node),
                node.Status + (node.Unreachable ? ", unreachable" : ""),
                string.Join(", ", node.Roles),
                node.Busy?.ToString(CultureInfo.InvariantCulture) ?? "–",
                node.Slots?.ToString(CultureInfo.InvariantCulture) ?? "–");
        }

        console.Write(table);
    }
}
