using System.Net;
using System.Net.Sockets;

namespace TrainingCluster.FaultTests.Network;

/// <summary>
/// A port that passes TCP on to a server, for one node, and does to it what a bad network does. What is held
/// up is passed on once the link is open again, as TCP does after a partition.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private readonly Lock _lock = new();
    private LinkState _state = LinkState.Open;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Link(EndPoint server)
    {
        _server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public void Become(LinkState state)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _state = state;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var node = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.Add(ServeAsync(node));
                connections.RemoveAll(connection => connection.IsCompleted);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient node)
    {
        using var _ = node;
        using var store = new TcpClient(_server.AddressFamily);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await PassableAsync(state => state.ToStore, closed.Token);
            await store.Client.ConnectAsync(_server, closed.Token);
            node.NoDelay = store.NoDelay = true;
            var (near, far) = (node.GetStream(), store.GetStream());
            await Task.WhenAny(
                PumpAsync(near, far, state => state.ToStore, _ => TimeSpan.Zero, closed.Token),
                PumpAsync(far, near, state => state.ToNode, state => state.Delay, closed.Token));
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // Either end has gone, and with it the connection.
        }
        finally
        {
            await closed.CancelAsync();
        }
    }

    private async Task PumpAsync(
        NetworkStream from,
        NetworkStream to,
        Func<LinkState, bool> passes,
        Func<LinkState, TimeSpan> delay,
        CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            var state = await PassableAsync(passes, cancellation);
            if (delay(state) is var late && late > TimeSpan.Zero)
            {
                await Task.Delay(late, cancellation);
                await PassableAsync(passes, cancellation);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        // A close is news like any other.
        await PassableAsync(passes, cancellation);
    }

    private async Task<LinkState> PassableAsync(Func<LinkState, bool> passes, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (passes(_state))
                {
                    return _state;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }
}
