using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Petabridge.Cmd.Wire;

namespace Petabridge.Cmd.Client;

/// <summary>A connection to the host of one node. It knows the commands that the host told it of, and no
/// other.</summary>
internal sealed class PbmConnection : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<long, Channel<ResponseFrame>> _running = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private long _lastId;
    private volatile PbmConnectionException? _lost;

    private PbmConnection(TcpClient tcp, EndPoint peer, IReadOnlyList<CommandPalette> palettes)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
        Peer = peer;
        Palettes = palettes;
        _reading = ReadAsync();
    }

    public EndPoint Peer { get; }

    public IReadOnlyList<CommandPalette> Palettes { get; }

    /// <exception cref="PbmConnectionException">Nobody listens, or the host refused.</exception>
    public static async Task<PbmConnection> ConnectAsync(
        string host, int port, string? token, CancellationToken cancellation = default)
    {
        var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            tcp.NoDelay = true;
            var stream = tcp.GetStream();
            await stream.WriteAsync(
                FrameCodec.Encode(new HelloFrame(FrameLimits.ProtocolVersion, token)), cancellation)
                .ConfigureAwait(false);
            return await FrameCodec.ReadAsync(stream, FrameLimits.FromHost, cancellation).ConfigureAwait(false) switch
            {
                WelcomeFrame welcome => new PbmConnection(
                    tcp, tcp.Client.RemoteEndPoint!, [.. welcome.Palettes.Select(palette => palette.ToPalette())]),
                RefusedFrame refused => throw new PbmConnectionException(refused.Text),
                null => throw new PbmConnectionException("the host closed the connection"),
                _ => throw new PbmConnectionException("what listens there is no command host"),
            };
        }
        catch (Exception failure)
        {
            tcp.Dispose();
            throw failure is IOException or SocketException or FrameException
                ? new PbmConnectionException(failure.Message)
                : failure;
        }
    }

    /// <summary>Runs a command. Ending the enumeration ends the command.</summary>
    /// <returns>Responses, of which the last has an outcome.</returns>
    /// <exception cref="PbmConnectionException">The connection was lost before the final answer.</exception>
    public async IAsyncEnumerable<ResponseFrame> ExecuteAsync(
        IReadOnlyList<string> words, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var id = Interlocked.Increment(ref _lastId);
        var responses = Channel.CreateUnbounded<ResponseFrame>();
        _running[id] = responses;
        if (_lost is { } lost)
        {
            throw lost;
        }

        var isOver = false;
        try
        {
            await SendAsync(new ExecuteFrame(id, words), cancellation).ConfigureAwait(false);
            await foreach (var response in responses.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                isOver = response.Outcome is not null;
                yield return response;
                if (isOver)
                {
                    yield break;
                }
            }
        }
        finally
        {
            _running.TryRemove(id, out _);
            if (!isOver && _lost is null)
            {
                await TryCancelAsync(id).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _tcp.Dispose();
        await _reading.ConfigureAwait(false);
    }

    private async Task TryCancelAsync(long id)
    {
        try
        {
            await SendAsync(new CancelFrame(id), CancellationToken.None).ConfigureAwait(false);
        }
        catch (PbmConnectionException)
        {
            // With the connection, the host ends the command by itself.
        }
    }

    private async Task SendAsync(Frame frame, CancellationToken cancellation)
    {
        var bytes = FrameCodec.Encode(frame);
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            throw _lost ?? new PbmConnectionException("connection to host terminated.");
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        var lost = new PbmConnectionException("connection to host terminated.");
        try
        {
            while (await FrameCodec.ReadAsync(_stream, FrameLimits.FromHost, _end.Token).ConfigureAwait(false)
                is { } frame)
            {
                switch (frame)
                {
                    case ResponseFrame response:
                        _running.GetValueOrDefault(response.Id)?.Writer.TryWrite(response);
                        break;
                    case PingFrame:
                        await SendAsync(new PongFrame(), _end.Token).ConfigureAwait(false);
                        break;
                    case RefusedFrame refused:
                        lost = new PbmConnectionException(refused.Text);
                        break;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException
            or FrameException or PbmConnectionException)
        {
        }

        _lost = lost;
        foreach (var (_, responses) in _running)
        {
            responses.Writer.TryComplete(lost);
        }
    }
}

/// <summary>There is no connection, or there is none any more.</summary>
internal sealed class PbmConnectionException(string message) : Exception(message);
