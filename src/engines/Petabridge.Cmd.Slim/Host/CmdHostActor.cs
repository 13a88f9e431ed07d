using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Petabridge.Cmd.Wire;

namespace Petabridge.Cmd.Host;

/// <summary>Listens, and has a child for each client, named after its address.</summary>
internal sealed class CmdHostActor : ReceiveActor
{
    public const int ConnectionsMax = 64;

    private sealed record Accepted(Socket Socket) : INoSerializationVerificationNeeded;

    private sealed record Ended(IActorRef Session) : INoSerializationVerificationNeeded;

    private readonly CmdHostSettings _settings;
    private readonly ImmutableArray<CommandPaletteHandler> _handlers;
    private readonly TaskCompletionSource<IPEndPoint> _bound;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, TcpSession> _sessions = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly WelcomeFrame _welcome;
    private long _lastNumber;
    private TcpListener? _listener;

    public CmdHostActor(
        CmdHostSettings settings,
        ImmutableArray<CommandPaletteHandler> handlers,
        TaskCompletionSource<IPEndPoint> bound)
    {
        _settings = settings;
        _handlers = handlers;
        _bound = bound;
        _welcome = new WelcomeFrame(
            FrameLimits.ProtocolVersion, [.. handlers.Select(handler => PaletteFrame.Of(handler.Palette))]);
        Receive<Accepted>(accepted => OnAccepted(accepted.Socket));
        Receive<Ended>(ended => OnEnded(ended.Session));
    }

    public static Props Props(
        CmdHostSettings settings,
        ImmutableArray<CommandPaletteHandler> handlers,
        TaskCompletionSource<IPEndPoint> bound) =>
        Akka.Actor.Props.Create(() => new CmdHostActor(settings, handlers, bound));

    protected override void PreStart()
    {
        _listener = new TcpListener(_settings.Address);
        try
        {
            _listener.Start();
        }
        catch (SocketException taken)
        {
            _log.Warning("petabridge.cmd host cannot listen on [{0}]: {1}", _settings.Address, taken.Message);
            _bound.TrySetException(taken);
            _ = _bound.Task.Exception;
            Context.Stop(Self);
            return;
        }

        var address = (IPEndPoint)_listener.LocalEndpoint;
        _log.Info("petabridge.cmd host bound to [{0}]", address);
        if (_settings.LogsPalettes)
        {
            _log.Info("petabridge.cmd palettes: {0}", string.Join(
                ", ", _handlers.Select(handler => handler.Palette.ModuleName).Order(StringComparer.Ordinal)));
        }

        _ = AcceptAsync(_listener, Self, _stopping.Token);
        _bound.TrySetResult(address);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _listener?.Stop();
        foreach (var session in _sessions.Values)
        {
            session.Stop();
        }
    }

    private static async Task AcceptAsync(TcpListener listener, IActorRef self, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(cancellation).ConfigureAwait(false);
                self.Tell(new Accepted(socket), ActorRefs.NoSender);
            }
            catch (SocketException)
            {
                // The client was gone before it was taken, or there is no handle left: others may still come.
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void OnAccepted(Socket socket)
    {
        string peer;
        try
        {
            peer = socket.RemoteEndPoint!.ToString()!;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            socket.Dispose();
            return;
        }

        var session = new TcpSession(socket, new AccessToken(_settings.TokenFile), _welcome, new TcpSessionLimits());
        var child = Context.ActorOf(SessionActor.Props(_handlers), NameOf(peer));
        if (_sessions.Count >= ConnectionsMax)
        {
            session.RefuseAsCrowded();
        }

        _sessions.Add(child, session);
        session.RunAsync(child).ContinueWith(
            ended => new Ended(child),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
            .PipeTo(Self);
    }

    private void OnEnded(IActorRef session)
    {
        _sessions.Remove(session);
        Context.Stop(session);
    }

    // The address of a client that has just gone may come back before its child has stopped.
    private string NameOf(string peer)
    {
        var name = Uri.EscapeDataString(peer);
        return Context.Child(name).IsNobody() ? name : $"{name}-{++_lastNumber}";
    }
}
