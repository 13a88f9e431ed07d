using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using Petabridge.Cmd.Wire;

namespace Petabridge.Cmd.Host;

/// <summary>How long and how much a host puts up with of one client.</summary>
internal sealed record TcpSessionLimits
{
    /// <summary>From the connection to a whole hello.</summary>
    public TimeSpan Hello { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two pings; a client that answers none of three is gone.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What is still to be written when the connection ends.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that wait for a client that does not read.</summary>
    public long BacklogMax { get; init; } = 32L * 1024 * 1024;
}

/// <summary>
/// The connection of one client: frames become messages to its <see cref="SessionActor"/>, responses become frames.
/// Whatever is no frame ends it with a reason that repeats nothing of what came.
/// </summary>
internal sealed class TcpSession : ISessionOutput
{
    private const int UnansweredPings = 3;

    private readonly Socket _socket;
    private readonly AccessToken _token;
    private readonly WelcomeFrame _welcome;
    private readonly TcpSessionLimits _limits;
    private readonly FrameWriter _writer;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<long, bool> _running = new();
    private int _unanswered;
    private FrameException? _cause;

    public TcpSession(Socket socket, AccessToken token, WelcomeFrame welcome, TcpSessionLimits limits)
    {
        _socket = socket;
        _token = token;
        _welcome = welcome;
        _limits = limits;
        Stream = new NetworkStream(socket, ownsSocket: true);
        _writer = new FrameWriter(Stream, limits.BacklogMax, () => End(
            new FrameException(RefusalCodes.TooSlow, "the client does not read what it asked for")));
    }

    private NetworkStream Stream { get; }

    /// <param name="session">Where commands go; its owner stops it once this has ended.</param>
    public async Task RunAsync(IActorRef session)
    {
        _socket.NoDelay = true;
        using var writing = new CancellationTokenSource();
        var writer = _writer.RunAsync(writing.Token);
        try
        {
            await GreetAsync().ConfigureAwait(false);
            var pings = PingAsync();
            await ReadAsync(session).ConfigureAwait(false);
            End(null);
            await pings.ConfigureAwait(false);
        }
        catch (FrameException broken)
        {
            _cause = broken;
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            End(null);
        }

        if (_cause is { } cause)
        {
            _writer.Send(new RefusedFrame(cause.Code, cause.Message));
        }

        End(null);
        _writer.Complete();
        writing.CancelAfter(_limits.Flush);
        await writer.ConfigureAwait(false);
        await CloseAsync(writing.Token).ConfigureAwait(false);
    }

    /// <summary>Ends the connection from this side; what waits is still written.</summary>
    public void Stop() => End(new FrameException(RefusalCodes.Stopping, "the host is stopping"));

    /// <summary>To be called before it runs.</summary>
    public void RefuseAsCrowded() =>
        End(new FrameException(RefusalCodes.TooManyConnections, "the host has too many clients; try again"));

    public void Send(long id, CommandResponse response)
    {
        if (response.Final)
        {
            _running.TryRemove(id, out _);
        }

        var outcome = response switch
        {
            MistypedCommandResponse => ResponseFrame.Usage,
            ErroredCommandResponse => ResponseFrame.Error,
            { Final: true } => ResponseFrame.Ok,
            _ => null,
        };
        var text = response.Msg;
        var start = 0;
        while (text.Length - start > FrameLimits.PartLength)
        {
            // Half of a surrogate pair is no text.
            var length = char.IsHighSurrogate(text[start + FrameLimits.PartLength - 1])
                ? FrameLimits.PartLength - 1
                : FrameLimits.PartLength;
            _writer.Send(new ResponseFrame(id, text.Substring(start, length), null, IsPart: true));
            start += length;
        }

        _writer.Send(new ResponseFrame(id, text[start..], outcome, IsPart: false));
    }

    private async Task GreetAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(_limits.Hello);
        var first = await FrameCodec.ReadAsync(Stream, FrameLimits.FromClient, limit.Token).ConfigureAwait(false);
        if (first is not HelloFrame hello)
        {
            throw new FrameException(RefusalCodes.BadFrame, "a client must begin with hello");
        }

        if (hello.Version != FrameLimits.ProtocolVersion)
        {
            throw new FrameException(
                RefusalCodes.BadVersion, $"this host speaks version {FrameLimits.ProtocolVersion} of the protocol");
        }

        if (!IsAdmitted(hello))
        {
            throw new FrameException(
                RefusalCodes.BadToken, "this host needs its token; name its file with --token-file");
        }

        _writer.Send(_welcome);
    }

    // A host whose token cannot be read lets nobody in, and tells nobody where it lies.
    private bool IsAdmitted(HelloFrame hello)
    {
        try
        {
            return _token.Admits(hello.Token);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task ReadAsync(IActorRef session)
    {
        while (true)
        {
            var frame = await FrameCodec.ReadAsync(Stream, FrameLimits.FromClient, _end.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _unanswered, 0);
            switch (frame)
            {
                case null:
                    return;
                case PongFrame:
                    break;
                case CancelFrame cancel:
                    _running.TryRemove(cancel.Id, out _);
                    session.Tell(new SessionActor.Cancel(cancel.Id), ActorRefs.NoSender);
                    break;
                case ExecuteFrame execute:
                    Begin(execute, session);
                    break;
                default:
                    throw new FrameException(RefusalCodes.BadFrame, "only a host may send that");
            }
        }
    }

    private void Begin(ExecuteFrame execute, IActorRef session)
    {
        if (execute.Words.Count > FrameLimits.Words || execute.Words.Any(word => word is null))
        {
            throw new FrameException(RefusalCodes.BadFrame, $"a command has at most {FrameLimits.Words} words");
        }

        if (!_running.TryAdd(execute.Id, true))
        {
            throw new FrameException(RefusalCodes.BadFrame, "a command of this id is under way");
        }

        session.Tell(new SessionActor.Execute(execute.Id, execute.Words, this), ActorRefs.NoSender);
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(_limits.Ping);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
            {
                if (Interlocked.Increment(ref _unanswered) > UnansweredPings)
                {
                    End(null);
                }
                else
                {
                    _writer.Send(new PingFrame());
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void End(FrameException? cause)
    {
        if (!_end.IsCancellationRequested)
        {
            Interlocked.CompareExchange(ref _cause, cause, null);
        }

        _end.Cancel();
    }

    // Closing while input is unread resets the connection, and the client would never see why: so take it first.
    private async Task CloseAsync(CancellationToken cancellation)
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            var rest = new byte[4096];
            while (_cause is not null && await Stream.ReadAsync(rest, cancellation).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
        }

        await Stream.DisposeAsync().ConfigureAwait(false);
    }
}
