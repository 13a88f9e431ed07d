using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using TrainingCluster.EngineTests.Cluster.Membership;
using TrainingCluster.EngineTests.Persistence;

namespace TrainingCluster.EngineTests.Cluster;

/// <summary>Default settings in virtual time: how long it takes, and who may act when.</summary>
public sealed class TakeOverSpecs : IDisposable
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(10);

    private readonly VirtualCluster _world = new();
    private readonly Transcript _transcript = new();

    public void Dispose() => _transcript.Dispose();

    [Fact]
    public void After_a_kill_the_singleton_answers_elsewhere_within_the_time_to_live_and_3_seconds()
    {
        var nodes = StartUp(3);
        StartSingletons(nodes);
        var proxy = nodes[2].System.ActorOf(ClusterSingletonProxy.Props(
            "/user/manager", ClusterSingletonProxySettings.Create(nodes[2].System)));
        Await("1 started");

        _world.Kill(nodes[0]);
        _world.Run(2);
        var start = _world.Now - TimeSpan.FromSeconds(2);
        Await("2 started");
        proxy.Tell("hello");
        Await("2 got hello");

        Assert.InRange(_world.Now - start, TimeToLive - TimeSpan.FromSeconds(1), TimeToLive + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_planned_hand_over_of_the_singleton_takes_less_than_3_seconds()
    {
        var nodes = StartUp(3);
        StartSingletons(nodes);
        Await("1 started");

        nodes[0].Cluster.Leave(nodes[0].Cluster.SelfAddress);
        var start = _world.Now;
        Await("1 finishes", "1 stopped", "2 started");

        Assert.True(_world.Now - start < TimeSpan.FromSeconds(3), $"It took {_world.Now - start}.");
    }

    [Fact]
    public void A_proxy_keeps_messages_in_order_while_the_singleton_moves()
    {
        var nodes = StartUp(3);
        StartSingletons(nodes);
        var proxy = nodes[2].System.ActorOf(ClusterSingletonProxy.Props(
            "/user/manager", ClusterSingletonProxySettings.Create(nodes[2].System)));
        var sent = 0;
        void SendFor(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                proxy.Tell(++sent, ActorRefs.NoSender);
                _world.Run(0.01);
            }
        }

        SendFor(100);
        nodes[0].Cluster.Leave(nodes[0].Cluster.SelfAddress);
        SendFor(500);
        _world.Run(10);

        var lines = Lines();
        var (byFormer, byNext) = (Numbers(lines, "1 got "), Numbers(lines, "2 got "));
        Assert.NotEmpty(byFormer);
        Assert.Equal(byFormer.Concat(byNext).Order(), byFormer.Concat(byNext));
        // Only what was on its way to the former one may be lost; what was kept back is not.
        Assert.Equal(Enumerable.Range(byNext[0], sent - byNext[0] + 1), byNext);
        Assert.True(byNext[0] - byFormer[^1] < 50, $"{byFormer[^1]} was the former one's last, {byNext[0]} came next.");
    }

    // The right ended in its sleep and came back with the next renewal. What it was sent meanwhile was refused,
    // news of its own children too, so it must not go on as if nothing had happened.
    [Fact]
    public void A_singleton_that_was_frozen_for_less_than_the_time_to_live_starts_anew()
    {
        var nodes = StartUp(2);
        StartSingletons(nodes);
        Await("1 started");

        nodes[0].Host.Pause(TimeSpan.FromSeconds(8));
        _world.Run(30);

        Assert.True(nodes[1].Sees(nodes[0], MemberStatus.Up));
        Assert.Equal(["1 stopped", "1 started"], Lines());
    }

    [Fact]
    public void Entities_of_a_node_that_was_frozen_for_less_than_the_time_to_live_start_anew_there()
    {
        var nodes = StartUp(2);
        var regions = nodes.Select(Region).ToList();
        _world.Run(5);
        var ids = Enumerable.Range(0, 10).Select(number => $"e{number}").ToList();
        ids.ForEach(id => Tell(regions[0], id, "first"));
        _world.Run(5);
        var homes = Lines().Where(line => line.EndsWith("first", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]).Order().ToList();

        nodes[1].Host.Pause(TimeSpan.FromSeconds(8));
        _world.Run(30);
        Assert.Equal(
            homes.Where(home => home[0] == '2').Select(home => $"{home} stopped"), Lines().Order());
        ids.ForEach(id => Tell(regions[0], id, "again"));
        _world.Run(5);

        var after = Lines().Where(line => line.EndsWith("again", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]).Order();
        Assert.Equal(homes, after);
    }

    [Fact]
    public void After_a_kill_a_sharded_entity_answers_elsewhere_within_the_time_to_live_and_3_seconds()
    {
        var nodes = StartUp(3);
        var regions = nodes.Select(Region).ToList();
        _world.Run(5);
        foreach (var number in Enumerable.Range(0, 30))
        {
            Tell(regions[2], $"e{number}", "first");
        }

        _world.Run(5);
        // Its node is the coordinator's too, so that both have to be replaced.
        var id = Lines().First(line => line.StartsWith("1/", StringComparison.Ordinal)).Split(' ')[0][2..];

        _world.Kill(nodes[0]);
        var start = _world.Now;
        while (!Lines().Exists(line => line.EndsWith($"{id} got again", StringComparison.Ordinal)))
        {
            Assert.True(_world.Now - start < TimeSpan.FromSeconds(60), "It never starts again.");
            Tell(regions[2], id, "again");
            _world.Run(0.1);
        }

        Assert.InRange(_world.Now - start, TimeToLive - TimeSpan.FromSeconds(1), TimeToLive + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_planned_hand_over_of_a_thousand_entities_takes_less_than_3_seconds()
    {
        var nodes = StartUp(2);
        var regions = new List<IActorRef> { Region(nodes[0]) };
        foreach (var number in Enumerable.Range(0, 1000))
        {
            Tell(regions[0], $"e{number}", 0);
        }

        _world.Run(10);
        Assert.Equal(1000, Lines().Count(line => line.EndsWith(" started", StringComparison.Ordinal)));
        regions.Add(Region(nodes[1]));
        _world.Run(5);

        nodes[0].Cluster.Leave(nodes[0].Cluster.SelfAddress);
        var start = _world.Now;
        AwaitLines(1000, "1/", " stopped");
        foreach (var number in Enumerable.Range(0, 1000))
        {
            Tell(regions[1], $"e{number}", 1);
        }

        AwaitLines(1000, "2/", " got 1");

        Assert.True(_world.Now - start < TimeSpan.FromSeconds(3), $"It took {_world.Now - start}.");
    }

    // What has to run is started by whoever needs it: nobody here remembers entities.
    [Fact]
    public void No_entity_starts_by_itself_wherever_its_shard_goes()
    {
        var nodes = StartUp(3);
        var regions = nodes.Select(Region).ToList();
        _world.Run(5);
        foreach (var number in Enumerable.Range(0, 30))
        {
            Tell(regions[2], $"e{number}", 0);
        }

        _world.Run(5);
        Assert.Equal(30, Lines().Count(line => line.EndsWith(" started", StringComparison.Ordinal)));
        nodes[0].Cluster.Leave(nodes[0].Cluster.SelfAddress);
        _world.Run(10);
        _world.Kill(nodes[1]);
        _world.Run(300);

        Assert.DoesNotContain(Lines(), line => line.EndsWith(" started", StringComparison.Ordinal));
    }

    // The coordinator is lost after the owner has stopped the shard, or has begun to, and before it was told.
    [Theory]
    [InlineData(0.00)]
    [InlineData(0.01)]
    [InlineData(0.02)]
    [InlineData(0.04)]
    [InlineData(0.08)]
    public void A_coordinator_lost_in_the_middle_of_a_hand_over_leaves_no_shard_without_a_home(double after)
    {
        var nodes = StartUp(3);
        var regions = nodes.Select(Region).ToList();
        _world.Run(5);
        var ids = Enumerable.Range(0, 30).Select(number => $"e{number}").ToList();
        ids.ForEach(id => Tell(regions[2], id, 0));
        _world.Run(5);

        regions[1].Tell(GracefulShutdown.Instance, ActorRefs.NoSender);
        _world.Run(after);
        _world.Kill(nodes[0]);
        _world.Run(30);
        Lines();
        ids.ForEach(id => Tell(regions[2], id, "after"));
        _world.Run(10);

        Assert.Equal(ids.Order(), Lines().Where(line => line.EndsWith("got after", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0][2..]).Order());
    }

    /// <summary>One after the other, so that their ports are the order of their age.</summary>
    private VirtualNode[] StartUp(int count) => [.. Enumerable.Range(1, count).Select(port =>
    {
        var node = _world.Start(port);
        node.Join();
        _world.Await(() => node.Status == MemberStatus.Up, TimeSpan.FromSeconds(10));
        return node;
    })];

    private void StartSingletons(IEnumerable<VirtualNode> nodes)
    {
        foreach (var node in nodes)
        {
            node.System.ActorOf(
                ClusterSingletonManager.Props(
                    TellingActor.Props($"{node.Port}", _transcript),
                    TellingActor.Finish,
                    ClusterSingletonManagerSettings.Create(node.System)),
                "manager");
        }
    }

    private IActorRef Region(VirtualNode node) => ClusterSharding.Get(node.System).Start(
        "telling",
        id => TellingActor.Props($"{node.Port}/{id}", _transcript),
        ClusterShardingSettings.Create(node.System),
        HashCodeMessageExtractor.Create(30, _ => null));

    private static void Tell(IActorRef region, string id, object message) =>
        region.Tell(new ShardingEnvelope(id, message), ActorRefs.NoSender);

    private static List<int> Numbers(IEnumerable<string> lines, string prefix) =>
        [.. lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal))
            .Select(line => int.Parse(line[prefix.Length..], CultureInfo.InvariantCulture))];

    private void AwaitLines(int count, string start, string end)
    {
        var heard = 0;
        _world.Await(
            () =>
            {
                heard += Lines().Count(line => line.StartsWith(start, StringComparison.Ordinal)
                    && line.EndsWith(end, StringComparison.Ordinal));
                return heard == count;
            },
            TimeSpan.FromSeconds(60));
    }

    private void Await(params string[] lines)
    {
        foreach (var line in lines)
        {
            string? next = null;
            _world.Await(() => _transcript.TryNext(out next), TimeSpan.FromSeconds(60));
            Assert.Equal(line, next);
        }
    }

    private List<string> Lines()
    {
        var lines = new List<string>();
        while (_transcript.TryNext(out var line))
        {
            lines.Add(line);
        }

        return lines;
    }
}
