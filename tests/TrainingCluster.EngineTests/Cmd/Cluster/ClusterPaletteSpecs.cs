using Akka.Cluster;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Wire;
using TrainingCluster.EngineTests.Cluster;

namespace TrainingCluster.EngineTests.Cmd.Cluster;

/// <summary>The palettes of the cluster on three nodes, with the outputs that are public.</summary>
public sealed class ClusterPaletteSpecs : IAsyncDisposable
{
    private readonly NodesHarness _nodes = new();

    [Fact]
    public async Task Members_are_shown_and_one_that_leaves_is_gone()
    {
        var first = Start("first", 8081);
        var second = Start("second", 8092);
        var third = Start("third", 8093);
        await using var host = await CmdNode.StartAsync(
            first.System, false, ClusterCommands.Instance, ClusterShardingCommands.Instance);
        first.AwaitSees(second, MemberStatus.Up);
        first.AwaitSees(third, MemberStatus.Up);

        Assert.Equal(
            """
            akka.tcp://nodes@127.0.0.1:8081 | [worker] | up |
            akka.tcp://nodes@127.0.0.1:8092 | [worker] | up |
            akka.tcp://nodes@127.0.0.1:8093 | [worker] | up |
            Count: 3 nodes
            """, await TextAsync(host, "cluster show"));
        Assert.Equal("akka.tcp://nodes@127.0.0.1:8081 | [worker] | up |", await TextAsync(host, "cluster status"));
        Assert.StartsWith("akka.tcp://nodes@127.0.0.1:80", await TextAsync(host, "cluster leader"));

        await using var connection = await host.ConnectAsync();
        using var limit = new CancellationTokenSource(CmdNode.Patience);
        var tail = connection.ExecuteAsync(["cluster", "tail"], limit.Token).GetAsyncEnumerator(limit.Token);
        var news = tail.MoveNextAsync().AsTask();
        await CmdNode.AwaitAsync(async () =>
            (await host.SessionsAsync()).Any(path => path.Contains("/cluster/")));
        Assert.Equal(
            "akka.tcp://nodes@127.0.0.1:8092 leaves",
            await TextAsync(host, "cluster leave -a akka.tcp://nodes@127.0.0.1:8092"));
        Assert.True(await news);
        Assert.Contains("akka.tcp://nodes@127.0.0.1:8092", tail.Current.Msg);
        first.AwaitSees(second, null);
        Assert.EndsWith("Count: 2 nodes", await TextAsync(host, "cluster show"));
        await tail.DisposeAsync();
    }

    [Fact]
    public async Task A_member_that_is_lost_is_shown_so_and_taken_out_by_command()
    {
        var lease = "\nakka-slim.lease { ttl = 60s, renew-interval = 200ms, margin = 1500ms,"
            + " unreachable-after = 1s, timeout = 1s }";
        var first = Start("first", 8081, lease);
        var second = Start("second", 8092, lease);
        await using var host = await CmdNode.StartAsync(first.System, false, ClusterCommands.Instance);
        first.AwaitSees(second, MemberStatus.Up);

        second.IsCut = true;

        await CmdNode.AwaitAsync(async () => (await TextAsync(host, "cluster show"))
            .Contains("akka.tcp://nodes@127.0.0.1:8092 | [worker] | up | unreachable\n"));
        Assert.Equal(
            "akka.tcp://nodes@127.0.0.1:8092 is taken out\nCount: 1 nodes",
            await TextAsync(host, "cluster down-unreachable"));
        // It may still be acting until its lease ends, so it is not removed before.
        first.AwaitSees(second, MemberStatus.Down);
        Assert.Contains("| down | unreachable\n", await TextAsync(host, "cluster show"));
    }

    [Theory]
    [InlineData("cluster leave -a nonsense")]
    [InlineData("cluster leave -a akka.tcp://nodes@127.0.0.1:1")]
    [InlineData("cluster down -a akka.tcp://nodes@127.0.0.1:1")]
    [InlineData("cluster join -a nonsense")]
    [InlineData("cluster-sharding region-stats -r nothing")]
    public async Task What_is_no_member_or_no_type_is_refused(string line)
    {
        var first = Start("first", 8081);
        await using var host = await CmdNode.StartAsync(
            first.System, false, ClusterCommands.Instance, ClusterShardingCommands.Instance);

        Assert.Equal(ResponseFrame.Error, (await host.RunAsync(line)).Single().Outcome);
        Assert.EndsWith("Count: 1 nodes", await TextAsync(host, "cluster show"));
    }

    [Fact]
    public async Task Shards_and_entities_are_counted_on_every_node()
    {
        var first = Start("first", 8081, "\nakka.cluster.app-version = \"1.0.0\"");
        var second = Start("second", 8092, "\nakka.cluster.app-version = \"1.0.0\"");
        var region = first.Region(_nodes.Transcript);
        second.Region(_nodes.Transcript);
        await using var host = await CmdNode.StartAsync(
            first.System, false, ClusterCommands.Instance, ClusterShardingCommands.Instance);
        foreach (var id in new[] { "a1", "a2", "b1", "c1" })
        {
            region.Tell(new Akka.Cluster.Sharding.ShardingEnvelope(id, "begin"), Akka.Actor.ActorRefs.NoSender);
        }

        var stats = "";
        await CmdNode.AwaitAsync(async () =>
        {
            stats = await TextAsync(host, "cluster-sharding region-stats -r telling");
            return EntitiesIn(stats) == 4 && stats.Contains(":8092");
        });

        var lines = stats.Split('\n');
        Assert.Matches(
            @"^akka\.tcp://nodes@127\.0\.0\.1:8081 \| \[worker\] \| up \|  \| 1\.0\.0 \[coordinator\]\(telling\) "
            + @"\| shards: \d \| entities: \d$", lines[0]);
        Assert.Matches(
            @"^akka\.tcp://nodes@127\.0\.0\.1:8092 \| \[worker\] \| up \|  \| 1\.0\.0 \| shards: \d \| entities: \d$",
            lines[1]);
        Assert.Equal("telling", await TextAsync(host, "cluster-sharding list-regions"));
        Assert.Matches(@"Count: \d shards$", await TextAsync(host, "cluster-sharding list-shards -r telling"));
    }

    public ValueTask DisposeAsync()
    {
        _nodes.Dispose();
        return ValueTask.CompletedTask;
    }

    private NodesHarness.Node Start(string name, int port, string more = "") => _nodes.Start(
        name,
        "petabridge.cmd.port = 0\nakka.remote.dot-netty.tcp { hostname = \"127.0.0.1\", port = "
            + $"{port} }}\nakka.cluster.app-version = \"0.0.0\"" + more);

    private static async Task<string> TextAsync(CmdNode host, string line) =>
        (await host.RunAsync(line)).Single().Msg.ReplaceLineEndings("\n");

    private static int EntitiesIn(string stats) => stats.Split('\n')
        .Sum(line => int.TryParse(line.Split("entities: ")[^1], out var count) ? count : 0);
}
