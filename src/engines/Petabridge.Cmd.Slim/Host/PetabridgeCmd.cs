using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Petabridge.Cmd.Actors;
using Petabridge.Cmd.Log;
using Petabridge.Cmd.Uptime;

namespace Petabridge.Cmd.Host;

/// <summary>The id of the extension.</summary>
public sealed class PetabridgeCmdProvider : ExtensionIdProvider<PetabridgeCmd>
{
    public override PetabridgeCmd CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>
/// The command host of an actor system: clients connect by TCP, download the palettes and run their commands on this
/// node. It listens only after <see cref="Start"/>.
/// </summary>
public sealed class PetabridgeCmd : IExtension
{
    /// <summary>Of the host's actor below <c>/user</c>.</summary>
    internal const string ActorName = "petabridge.cmd";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CommandPaletteHandler> _handlers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<IPEndPoint> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef? _host;

    internal PetabridgeCmd(ExtendedActorSystem system)
    {
        Sys = system;
        system.Settings.InjectTopLevelFallback(CmdHostSettings.Reference);
        foreach (var handler in (CommandPaletteHandler[])
            [ActorCommands.Instance, LogCommands.Instance, SystemCommands.Instance])
        {
            Add(handler);
        }
    }

    public ExtendedActorSystem Sys { get; }

    /// <summary>Where the host listens once it does; fails where it cannot.</summary>
    internal Task<IPEndPoint> Bound => _bound.Task;

    public static PetabridgeCmd Get(ActorSystem system) =>
        system.WithExtension<PetabridgeCmd, PetabridgeCmdProvider>();

    /// <returns>False where the module name is taken or the host was started already.</returns>
    public bool RegisterCommandPalette(CommandPaletteHandler handler)
    {
        lock (_lock)
        {
            return _host is null && Add(handler);
        }
    }

    /// <summary>
    /// Begins to listen; a second call does nothing. A port that is taken is told in the log, and the system goes on
    /// without a command host.
    /// </summary>
    /// <exception cref="ConfigurationException">The address is none, or needs a token that is not named.</exception>
    public void Start()
    {
        lock (_lock)
        {
            if (_host is null)
            {
                var settings = CmdHostSettings.From(Sys.Settings.Config);
                StartHost(settings);
            }
        }
    }

    /// <summary>A client within this process; needs no port.</summary>
    public Task<IPbmClient> StartLocalClient(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var session = Sys.ActorOf(SessionActor.Props([.. _handlers.Values]));
            return Task.FromResult<IPbmClient>(new LocalClient(Sys, session));
        }
    }

    private bool Add(CommandPaletteHandler handler)
    {
        if (!_handlers.TryAdd(handler.Palette.ModuleName, handler))
        {
            return false;
        }

        handler.OnRegister(this);
        return true;
    }

    private void StartHost(CmdHostSettings settings) => _host = Sys.ActorOf(
        CmdHostActor.Props(settings, [.. _handlers.Values], _bound), ActorName);
}
