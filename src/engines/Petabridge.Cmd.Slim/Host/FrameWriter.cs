using System.Net.Sockets;
using System.Threading.Channels;
using Petabridge.Cmd.Wire;

namespace Petabridge.Cmd.Host;

/// <summary>
/// What is on its way to one client. A client that does not read may hold up nobody: once too much waits for it, the
/// connection ends.
/// </summary>
internal sealed class FrameWriter(Stream stream, long backlogMax, Action onOverflow)
{
    private readonly Channel<byte[]> _frames = Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true });

    private long _backlog;

    public void Send(Frame frame)
    {
        var bytes = FrameCodec.Encode(frame);
        if (Interlocked.Add(ref _backlog, bytes.Length) > backlogMax)
        {
            onOverflow();
        }
        else
        {
            _frames.Writer.TryWrite(bytes);
        }
    }

    /// <summary>Nothing more follows; <see cref="RunAsync"/> ends with the last frame.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Writes until there is nothing more, or nobody listens any more.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var bytes in _frames.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                await stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
                Interlocked.Add(ref _backlog, -bytes.Length);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            _frames.Writer.TryComplete();
        }
    }
}
