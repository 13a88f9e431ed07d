using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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

/// <summary>A node that this process started; it leaves when this process ends, however it ends.</summary>
internal sealed class ChildNode : IDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Task _copied;

    /// <param name="apiPort">Null: the node has no HTTP interface.</param>
    public ChildNode(StateDirectory state, int port, int pbmPort, int slots, int? apiPort)
    {
        (Port, PbmPort) = (port, pbmPort);
        var number = port.ToString(CultureInfo.InvariantCulture);
        LogPath = Path.Combine(state.LogsPath, $"node-{number}.log");
        _log = new StreamWriter(LogPath, append: true) { AutoFlush = true };
        _process = OwnProgram.Start(
        [
            "node", "start", "--state", state.Root, "--port", number,
            "--slots", slots.ToString(CultureInfo.InvariantCulture),
            "--pbm-port", pbmPort.ToString(CultureInfo.InvariantCulture), "--with-parent",
            .. apiPort is { } api
                ? new[]
                {
                    "--role", "coordinator,trainer,registry,api",
                    "--api-port", api.ToString(CultureInfo.InvariantCulture),
                }
                : [],
        ]);
        _copied = Task.WhenAll(CopyAsync(_process.StandardOutput), CopyAsync(_process.StandardError));
    }

    public int Port { get; }

    public int PbmPort { get; }

    public string LogPath { get; }

    public int ProcessId => _process.Id;

    public void Terminate() => ProcessSignals.Terminate(_process.Id);

    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync();
        await _copied;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.Dispose();
        _log.Dispose();
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.WriteLine(line);
            }
        }
    }
}
