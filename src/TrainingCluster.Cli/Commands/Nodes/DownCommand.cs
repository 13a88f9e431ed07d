using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>`trainctl down`: the nodes of this machine on a state directory checkpoint their jobs and leave.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    public static Command Create(CommandContext context)
    {
        var command = new Command("down", "Stop the nodes of this machine that share the state directory");
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            context,
            StateDirectory.OpenExisting(parsed.GetRequiredValue(CommonOptions.State).FullName),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, StateDirectory state, CancellationToken cancellation)
    {
        var nodes = state.Nodes;
        var error = context.Console.Error;
        if (nodes.IsEmpty)
        {
            error.WriteLine($"no node of this machine is running on {state.Root}");
            return ExitCode.Success;
        }

        foreach (var node in nodes)
        {
            if (!ProcessSignals.Terminate(node.ProcessId))
            {
                throw new UserErrorException(new UserError(ExitCode.Permission, "node.not_yours",
                    $"node {node.Name}, process {node.ProcessId}, cannot be told to stop: it is another user's"));
            }

            error.WriteLine($"node {node.Name}, process {node.ProcessId}, was told to stop");
        }

        var begun = context.Clock.GetTimestamp();
        while (state.Nodes is { IsEmpty: false } left)
        {
            if (context.Clock.GetElapsedTime(begun) > Patience)
            {
                throw new UserErrorException(new UserError(ExitCode.Failed, "node.still_there",
                    $"after {Patience.TotalSeconds:0} s there are still: "
                    + string.Join(", ", left.Select(node => $"{node.Name}, process {node.ProcessId}"))));
            }

            await Task.Delay(PollInterval, context.Clock, cancellation);
        }

        error.WriteLine("all nodes have ended");
        return ExitCode.Success;
    }
}
