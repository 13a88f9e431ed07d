using Akka.Actor;
using Akka.Cluster.Sharding;
using TrainingCluster.EngineTests.Persistence;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class ShardingSpecs : IDisposable
{
    private readonly ClusterHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Messages_find_their_entity_by_id_under_the_path_of_its_shard()
    {
        var region = StartRegion(_harness.StartJoined());

        var first = await region.Ask<string>(new ShardingEnvelope("e/1", "path?"), ClusterHarness.Patience);
        var again = await region.Ask<string>(new ShardingEnvelope("e/1", "path?"), ClusterHarness.Patience);
        var other = await region.Ask<string>(new ShardingEnvelope("e2", "path?"), ClusterHarness.Patience);

        var shard = HashCodeMessageExtractor.Create(10, _ => null).ShardId("e/1", null);
        Assert.Equal($"/system/sharding/telling/{shard}/e%2F1", first);
        Assert.Equal(first, again);
        Assert.EndsWith("/e2", other);
        Transcript.Expect("e/1 started", "e2 started");
    }

    // Computed from the published definition of the hash by another program.
    [Theory]
    [InlineData("", 10, "9")]
    [InlineData("a", 10, "7")]
    [InlineData("entity-1", 10, "6")]
    [InlineData("entity-2", 100, "64")]
    [InlineData("cnn_lstm/rsi_mean_reversion", 30, "3")]
    public void The_shard_of_an_id_never_changes(string entityId, int shards, string expected)
    {
        Assert.Equal(expected, HashCodeMessageExtractor.Create(shards, _ => null).ShardId(entityId, null));
    }

    [Fact]
    public void Messages_wait_in_order_until_the_region_has_a_coordinator()
    {
        var system = _harness.Start();
        var region = StartRegion(system);
        foreach (var number in Enumerable.Range(1, 3))
        {
            region.Tell(new ShardingEnvelope("a", number));
        }

        ClusterHarness.Join(system);

        Transcript.Expect("a started", "a got 1", "a got 2", "a got 3");
    }

    [Fact]
    public void A_passivating_entity_gets_its_stop_message_and_what_came_meanwhile_starts_it_again()
    {
        var region = StartRegion(_harness.StartJoined());
        using var gate = new ManualResetEventSlim();
        region.Tell(new ShardingEnvelope("a", new TellingActor.PassivateAndWait(gate)));
        Transcript.Expect("a started", "a waits");
        region.Tell(new ShardingEnvelope("a", "late"));

        gate.Set();

        Transcript.Expect("a finishes", "a stopped", "a started", "a got late");
    }

    [Fact]
    public void An_idle_entity_is_stopped_unless_that_is_off()
    {
        var system = _harness.StartJoined("akka.cluster.sharding.passivate-idle-entity-after = 100ms");
        StartRegion(system).Tell(new ShardingEnvelope("a", 1));

        Transcript.Expect("a started", "a got 1", "a finishes", "a stopped");

        var off = ClusterShardingSettings.Create(
            _harness.Start("akka.cluster.sharding.passivate-idle-entity-after = off"));
        Assert.Equal(TimeSpan.Zero, off.PassivateIdleEntityAfter);
    }

    // Hence trainers, which live on what they tell themselves, turn it off.
    [Fact]
    public void What_an_entity_tells_itself_does_not_keep_it_from_being_idle()
    {
        var system = _harness.StartJoined("akka.cluster.sharding.passivate-idle-entity-after = 300ms");
        var transcript = Transcript;
        var region = ClusterSharding.Get(system).Start(
            "ticking",
            _ => Props.Create(() => new Ticking(transcript)),
            ClusterShardingSettings.Create(system),
            Extractor());

        region.Tell(new ShardingEnvelope("a", "tick"));

        var lines = new List<string>();
        while (lines.LastOrDefault() != "stopped")
        {
            lines.Add(Transcript.Next());
        }

        Assert.True(lines.Count(line => line == "tick") > 1, "It did not even tick.");
    }

    [Fact]
    public void An_entity_that_stops_by_itself_starts_again_with_the_next_message_only()
    {
        var region = StartRegion(_harness.StartJoined());
        region.Tell(new ShardingEnvelope("a", "stop"));
        Transcript.Expect("a started", "a stopped");
        Thread.Sleep(50);
        Transcript.ExpectNothingMore();

        region.Tell(new ShardingEnvelope("a", "again"));

        Transcript.Expect("a started", "a got again");
    }

    [Fact]
    public async Task Entities_can_be_started_without_a_message_and_the_state_shows_them()
    {
        var region = StartRegion(_harness.StartJoined());

        var ack = await region.Ask<ShardRegion.StartEntityAck>(
            new ShardRegion.StartEntity("a"), ClusterHarness.Patience);
        Transcript.Expect("a started");
        var state = await region.Ask<CurrentShardRegionState>(
            GetShardRegionState.Instance, ClusterHarness.Patience);

        var shard = Assert.Single(state.Shards);
        Assert.Equal(ack.ShardId, shard.ShardId);
        Assert.Equal(["a"], shard.EntityIds);
    }

    [Fact]
    public void Leaving_the_cluster_stops_entities_in_order_before_the_node_goes()
    {
        var system = _harness.StartJoined();
        StartRegion(system).Tell(new ShardingEnvelope("a", 1));
        Transcript.Expect("a started", "a got 1");
        var cluster = ClusterNode.Get(system);
        cluster.RegisterOnMemberRemoved(() => Transcript.Add("removed"));

        cluster.Leave(cluster.SelfAddress);

        Transcript.Expect("a finishes", "a stopped", "removed");
    }

    [Fact]
    public void A_proxy_sends_but_hosts_nothing()
    {
        var system = _harness.StartJoined();
        StartRegion(system);
        var proxy = ClusterSharding.Get(system).StartProxy("telling", null, Extractor());

        proxy.Tell(new ShardingEnvelope("a", 1));

        Transcript.Expect("a started", "a got 1");
        Assert.Same(proxy, ClusterSharding.Get(system).ShardRegionProxy("telling"));
        var error = Assert.Throws<ArgumentException>(() =>
            ClusterSharding.Get(system).ShardRegion("unknown"));
        Assert.Contains("Started are: telling", error.Message);
    }

    private static HashCodeMessageExtractor Extractor() => HashCodeMessageExtractor.Create(10, _ => null);

    private IActorRef StartRegion(ActorSystem system)
    {
        var sharding = ClusterSharding.Get(system);
        return sharding.Start(
            "telling",
            id => TellingActor.Props(id, Transcript),
            ClusterShardingSettings.Create(system),
            Extractor(),
            sharding.DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)),
            TellingActor.Finish);
    }

    private sealed class Ticking(Transcript transcript) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() =>
            Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromMilliseconds(20));

        protected override void PostStop() => transcript.Add("stopped");

        protected override void OnReceive(object message) => transcript.Add("tick");
    }
}
