using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TrainingCluster.FaultTests.Network;

/// <summary>A link between a client and a server that sends back what it gets.</summary>
public sealed class LinkSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly TcpClient _client = new();
    private TcpClient _accepted = null!;
    private Link _link = null!;

    public async Task InitializeAsync()
    {
        _server.Start();
        _link = new Link(_server.LocalEndpoint);
        await _client.ConnectAsync(IPAddress.Loopback, _link.Port);
        _accepted = await _server.AcceptTcpClientAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _accepted.Dispose();
        await _link.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task An_open_link_passes_bytes_both_ways()
    {
        await SendAsync(_client, 1);
        Assert.Equal(1, await ReceiveAsync(_accepted));

        await SendAsync(_accepted, 2);
        Assert.Equal(2, await ReceiveAsync(_client));
    }

    [Fact]
    public async Task A_cut_link_holds_bytes_until_it_is_open_again()
    {
        _link.Become(LinkState.Cut);
        await SendAsync(_client, 1);
        var arrival = ReceiveAsync(_accepted);
        await Task.Delay(Delay);
        Assert.False(arrival.IsCompleted);

        _link.Become(LinkState.Open);

        Assert.Equal(1, await arrival);
    }

    [Fact]
    public async Task A_deaf_node_is_heard()
    {
        _link.Become(LinkState.Deaf);
        await SendAsync(_client, 1);
        Assert.Equal(1, await ReceiveAsync(_accepted));

        await SendAsync(_accepted, 2);
        var answer = ReceiveAsync(_client);
        await Task.Delay(Delay);

        Assert.False(answer.IsCompleted);
        _link.Become(LinkState.Open);
        Assert.Equal(2, await answer);
    }

    [Fact]
    public async Task A_slow_link_delays_what_the_store_says()
    {
        _link.Become(LinkState.Slow(Delay));
        var sent = Stopwatch.GetTimestamp();
        await SendAsync(_accepted, 3);

        Assert.Equal(3, await ReceiveAsync(_client));
        Assert.InRange(Stopwatch.GetElapsedTime(sent), Delay - TimeSpan.FromMilliseconds(20), Patience);
    }

    private static async Task SendAsync(TcpClient client, byte value) =>
        await client.GetStream().WriteAsync(new[] { value });

    private static async Task<int> ReceiveAsync(TcpClient client)
    {
        var one = new byte[1];
        await client.GetStream().ReadExactlyAsync(one).AsTask().WaitAsync(Patience);
        return one[0];
    }
}
