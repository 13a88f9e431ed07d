using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>`trainctl up`: several nodes on this machine, on the files of one state directory.</summary>
internal static class UpCommand
{
    private const int FirstPort = 2551;

    /// <summary>The one that `pbm` looks for by itself.</summary>
    private const int FirstPbmPort = 9110;

    private static readonly Option<int> Count = new("--nodes")
    {
        Description = "Processes to start, each a node with all roles",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int>() is < 1 or > 32)
                {
                    result.AddError($"--nodes is {result.GetValueOrDefault<int>()}; it must be from 1 to 32");
                }
            },
        },
    };

    private static readonly Option<int?> Slots = new("--slots")
    {
        Description = "Jobs at the same time on each node; by default the processors are shared out",
        HelpName = "N",
    };

    private static readonly Option<int?> ApiPort = new("--api-port")
    {
        Description = "Port of the HTTP interface of the first node; without it there is none",
        HelpName = "N",
    };

    public static Command Create(CommandContext context)
    {
        var command = new Command("up", "Start several nodes on this machine and stay until Ctrl-C or `trainctl down`")
        {
            Count, Slots, ApiPort,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            context,
            StateDirectory.OpenOrCreate(parsed.GetRequiredValue(CommonOptions.State).FullName),
            parsed.GetValue(Count),
            parsed.GetValue(Slots),
            parsed.GetValue(ApiPort)));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, StateDirectory state, int count, int? slots, int? apiPort)
    {
        if (!state.Nodes.IsEmpty)
        {
            throw new UserErrorException(new UserError(ExitCode.Conflict, "state.in_use",
                $"nodes are running on {state.Root}: {string.Join(", ", state.Nodes.Select(node => node.Name))}")
            {
                Hints = [$"trainctl down --state {state.Root}"],
            });
        }

        var error = context.Console.Error;
        using var signals = new NodeSignals(context.Clock, error);
        Directory.CreateDirectory(state.LogsPath);
        var nodes = Enumerable.Range(0, count)
            .Select(number => new ChildNode(
                state, FirstPort + number, FirstPbmPort + number,
                slots ?? Math.Max(1, Environment.ProcessorCount / count),
                number == 0 ? apiPort : null))
            .ToList();
        try
        {
            foreach (var node in nodes)
            {
                error.WriteLine($"node {node.Port} is process {node.ProcessId}; its log is {node.LogPath}; "
                    + $"pbm 127.0.0.1:{node.PbmPort} asks it");
            }

            error.WriteLine($"stop them with Ctrl-C here, or from elsewhere with: trainctl down --state {state.Root}");
            using var stop = signals.Asked.Register(() => nodes.ForEach(node => node.Terminate()));
            var codes = await Task.WhenAll(nodes.Select(node => node.EndedAsync()));
            error.WriteLine("all nodes have ended");
            return codes.All(code => code == 0) ? ExitCode.Success : ExitCode.Failed;
        }
        finally
        {
            nodes.ForEach(node => node.Dispose());
        }
    }
}
