using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Petabridge.Cmd;
using Petabridge.Cmd.Client;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Wire;

namespace TrainingCluster.EngineTests.Cmd;

/// <summary>A node with a command host on a port of the system's choice.</summary>
internal sealed class CmdNode : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly bool _ownsSystem;

    private CmdNode(ActorSystem system, bool ownsSystem)
    {
        System = system;
        _ownsSystem = ownsSystem;
        Plugin = PetabridgeCmd.Get(system);
    }

    public ActorSystem System { get; }

    public PetabridgeCmd Plugin { get; }

    public IPEndPoint Address { get; private set; } = null!;

    public static Task<CmdNode> StartAsync(string more = "", params CommandPaletteHandler[] handlers) => StartAsync(
        ActorSystem.Create("BLUE", ConfigurationFactory.ParseString(more).WithFallback(
            ConfigurationFactory.ParseString(
                "akka { loglevel = INFO, stdout-loglevel = OFF, loggers = [] }, petabridge.cmd.port = 0"))),
        true,
        handlers);

    public static async Task<CmdNode> StartAsync(
        ActorSystem system, bool ownsSystem, params CommandPaletteHandler[] handlers)
    {
        var node = new CmdNode(system, ownsSystem);
        foreach (var handler in handlers)
        {
            Assert.True(node.Plugin.RegisterCommandPalette(handler));
        }

        node.Plugin.Start();
        node.Address = await node.Plugin.Bound.WaitAsync(Patience);
        return node;
    }

    public Task<PbmConnection> ConnectAsync(string? token = null) => PbmConnection.ConnectAsync(
        Address.Address.ToString(), Address.Port, token, new CancellationTokenSource(Patience).Token);

    /// <summary>A client that may say anything.</summary>
    public async Task<NetworkStream> OpenAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The texts of a command that ends, each with the outcome of its frame.</summary>
    public async Task<IReadOnlyList<ResponseFrame>> RunAsync(string line)
    {
        await using var connection = await ConnectAsync();
        return await RunAsync(connection, line);
    }

    public static async Task<IReadOnlyList<ResponseFrame>> RunAsync(PbmConnection connection, string line)
    {
        using var limit = new CancellationTokenSource(Patience);
        var responses = new List<ResponseFrame>();
        await foreach (var response in connection.ExecuteAsync(line.Split(' '), limit.Token))
        {
            responses.Add(response);
        }

        return responses;
    }

    /// <summary>Paths of the actors below the host, without those that every host has.</summary>
    public async Task<string[]> SessionsAsync() =>
    [
        .. await Task.Run(() => Petabridge.Cmd.Actors.ActorTree.Paths(
            Petabridge.Cmd.Actors.ActorTree.Find((ExtendedActorSystem)System, "/user/petabridge.cmd")!, 100).Skip(1)),
    ];

    public Task AwaitNoSessionsAsync() => AwaitAsync(async () => (await SessionsAsync()).Length == 0);

    public static async Task AwaitAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsSystem)
        {
            await System.Terminate();
        }
    }
}
