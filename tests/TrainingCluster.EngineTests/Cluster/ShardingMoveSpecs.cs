using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Event;
using TrainingCluster.EngineTests.Persistence;
using Xunit.Abstractions;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class ShardingMoveSpecs : IDisposable
{
    private readonly NodesHarness _harness = new();
    private readonly Transcript _unheard = new();
    private readonly ITestOutputHelper _output;

    public ShardingMoveSpecs(ITestOutputHelper output) => _output = output;

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Every_node_reaches_an_entity_where_it_lives_under_the_same_path()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        var regions = new[] { a.Region(Transcript), b.Region(Transcript) };
        await AwaitRegions(regions[1], 2);

        var lives = new List<string>();
        foreach (var id in (string[])["x1", "y1"])
        {
            var fromA = await Ask(regions[0], id, "name?");
            Assert.Equal(fromA, await Ask(regions[1], id, "name?"));
            Assert.Equal($"/system/sharding/telling/{id[..1]}/{id}", await Ask(regions[1], id, "path?"));
            lives.Add(fromA);
        }

        // Each new shard goes to the region with the fewest.
        Assert.Equal(["a", "b"], lives.Select(life => life[..1]).Order());
    }

    [Fact]
    public async Task A_leaving_node_hands_its_shards_over_and_what_comes_meanwhile_is_delivered_in_order()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        using var gate = new ManualResetEventSlim();
        a.Region(Transcript, new NodesHarness.RegionOptions { Gate = gate }).Tell(Envelope("x1", "wait"));
        Transcript.Expect("a/x1 started", "a/x1 waits");
        var region = b.Region(Transcript);
        await AwaitRegions(region, 2);
        Assert.Equal("a/x2", await Ask(region, "x2", "name?"));
        Transcript.Expect("a/x2 started");

        var left = a.Cluster.LeaveAsync();
        Transcript.Expect("a/x2 finishes", "a/x2 stopped");
        region.Tell(Envelope("x1", 1));
        region.Tell(Envelope("x1", 2));
        Transcript.ExpectNothingMore();
        gate.Set();

        Transcript.Expect("a/x1 finishes", "a/x1 stopped", "b/x1 started", "b/x1 got 1", "b/x1 got 2");
        await left.WaitAsync(NodesHarness.Patience);
        b.AwaitSees(a, null);
        Assert.Equal("b/x1", await Ask(region, "x1", "name?"));
    }

    [Fact]
    public async Task After_a_crash_entities_start_elsewhere_with_the_next_message_and_never_before_theirs_stopped()
    {
        var (a, b) = (_harness.Start("a", NodesHarness.ShortLease), _harness.Start("b", NodesHarness.ShortLease));
        var atA = a.Region(Transcript);
        Assert.Equal("a/x1", await Ask(atA, "x1", "name?"));
        Transcript.Expect("a/x1 started");
        var region = b.Region(Transcript);
        await AwaitRegions(region, 2);
        Assert.Equal("b/y1", await Ask(region, "y1", "name?"));
        Assert.Equal("a/x1", await Ask(region, "x1", "name?"));
        Transcript.Expect("b/y1 started");

        a.IsCut = true;

        // What is sent to the lost node in the meantime is lost.
        Assert.Equal("b/x1", await AskUntilAnswered(region, "x1", "name?"));
        Transcript.Expect("a/x1 stopped", "b/x1 started");
        Assert.Equal("b/y1", await Ask(region, "y1", "name?"));
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task Without_the_right_to_act_all_entities_stop_and_they_come_back_at_the_same_place()
    {
        var (a, b) = (_harness.Start("a", NodesHarness.ShortLease), _harness.Start("b", NodesHarness.ShortLease));
        Assert.Equal("a/x1", await Ask(a.Region(Transcript), "x1", "name?"));
        var region = b.Region(Transcript);
        await AwaitRegions(region, 2);
        Assert.Equal("b/y1", await Ask(region, "y1", "name?"));
        Transcript.Expect("a/x1 started", "b/y1 started");

        b.IsCut = true;
        Transcript.Expect("b/y1 stopped");
        region.Tell(Envelope("y1", 1));
        Transcript.ExpectNothingMore();
        b.IsCut = false;

        Transcript.Expect("b/y1 started", "b/y1 got 1");
        Assert.Equal("a/x1", await Ask(region, "x1", "name?"));
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task The_coordinators_own_hand_over_leaves_the_other_nodes_entities_where_they_are()
    {
        var (a, b, c) = (_harness.Start("a"), _harness.Start("b"), _harness.Start("c"));
        a.Region(Transcript);
        var regions = new[] { b.Region(Transcript), c.Region(Transcript) };
        await AwaitRegions(regions[0], 3);
        var homes = new Dictionary<string, string>();
        foreach (var id in (string[])["u1", "v1", "w1", "x1", "y1", "z1"])
        {
            homes[id] = await Ask(regions[0], id, "name?");
            Transcript.Expect($"{homes[id]} started");
        }

        await a.Cluster.LeaveAsync().WaitAsync(NodesHarness.Patience);
        b.AwaitSees(a, null);

        var ofA = homes.Values.Where(home => home[0] == 'a').SelectMany(home =>
            (string[])[$"{home} finishes", $"{home} stopped"]);
        Assert.Equal(ofA.Order(), Enumerable.Range(0, 4).Select(_ => Transcript.Next()).Order());
        // Nothing starts by itself; what has to run is started by whoever needs it.
        Transcript.ExpectNothingMore();
        foreach (var (id, home) in homes.Where(home => home.Value[0] != 'a'))
        {
            Assert.Equal(home, await Ask(regions[1], id, "name?"));
        }

        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task A_node_with_a_thousand_entities_hands_all_over_within_seconds()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        var extractor = HashCodeMessageExtractor.Create(100, _ => null);
        var options = new NodesHarness.RegionOptions { Extractor = extractor, StopMessage = PoisonPill.Instance };
        var atA = a.Region(_unheard, options);
        var ids = Enumerable.Range(0, 1000).Select(number => $"e{number}").ToList();
        await Task.WhenAll(ids.Select(id => Ask(atA, id, "name?")));
        var region = b.Region(_unheard, options);
        await AwaitRegions(region, 2);

        var watch = Stopwatch.StartNew();
        await a.Cluster.LeaveAsync().WaitAsync(NodesHarness.Patience);
        var names = await Task.WhenAll(ids.Select(id => Ask(region, id, "name?")));
        watch.Stop();

        Assert.All(names, name => Assert.StartsWith("b/", name, StringComparison.Ordinal));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        _output.WriteLine($"1,000 entities in 100 shards moved within {watch.Elapsed.TotalSeconds:0.00} s.");
    }

    [Fact]
    public async Task Shards_move_to_a_new_node_when_the_strategy_says_so()
    {
        var a = _harness.Start("a", "akka.cluster.sharding.rebalance-interval = 200ms");
        var atA = a.Region(Transcript);
        foreach (var id in (string[])["x1", "y1"])
        {
            Assert.Equal($"a/{id}", await Ask(atA, id, "name?"));
            Transcript.Expect($"a/{id} started");
        }

        var region = _harness.Start("b").Region(Transcript);

        var moved = Transcript.Next();
        var id1 = moved["a/".Length..][..2];
        Assert.Equal($"a/{id1} finishes", moved);
        Transcript.Expect($"a/{id1} stopped");
        Assert.Equal($"b/{id1}", await Ask(region, id1, "name?"));
        Assert.Equal($"b/{id1}", await Ask(atA, id1, "name?"));
    }

    // An entity that does not react to its stop message must not keep its shard from moving for ever.
    [Fact]
    public async Task An_entity_that_does_not_stop_is_stopped_after_the_hand_over_time()
    {
        const string HandOffTimeout = "akka.cluster.sharding.handoff-timeout = 500ms";
        var (a, b) = (_harness.Start("a", HandOffTimeout), _harness.Start("b", HandOffTimeout));
        var options = new NodesHarness.RegionOptions { StopMessage = "a message that it only writes down" };
        Assert.Equal("a/x1", await Ask(a.Region(Transcript, options), "x1", "name?"));
        var region = b.Region(Transcript, options);
        await AwaitRegions(region, 2);

        await a.Cluster.LeaveAsync().WaitAsync(NodesHarness.Patience);

        Transcript.Expect("a/x1 started", $"a/x1 got {options.StopMessage}", "a/x1 stopped");
        Assert.Equal("b/x1", await Ask(region, "x1", "name?"));
    }

    // Its shard would else be without a home: neither moved nor taken back.
    [Fact]
    public async Task A_shard_that_could_not_be_handed_over_in_time_is_not_stuck()
    {
        const string Config =
            """
            akka.loglevel = WARNING
            akka.loggers = []
            akka.cluster.sharding { handoff-timeout = 300ms, rebalance-interval = 300ms }
            """;
        var (a, b) = (_harness.Start("a", Config), _harness.Start("b", Config));
        using var gate = new ManualResetEventSlim();
        using var move = new ManualResetEventSlim();
        var atA = a.Region(Transcript, new NodesHarness.RegionOptions
        {
            Gate = gate,
            Allocation = new MoveOnce(move),
        });
        atA.Tell(Envelope("x1", "wait"));
        Transcript.Expect("a/x1 started", "a/x1 waits");

        var region = b.Region(Transcript);
        await AwaitRegions(region, 2);
        var isGivenUp = new TaskCompletionSource();
        var listener = a.System.ActorOf(Props.Create(() => new WarningListener("in time", isGivenUp)));
        a.System.EventStream.Subscribe(listener, typeof(Warning));
        move.Set();
        await isGivenUp.Task.WaitAsync(NodesHarness.Patience);
        region.Tell(Envelope("x1", "kept"));
        Transcript.ExpectNothingMore();
        gate.Set();

        Transcript.Expect("a/x1 stopped", "a/x1 started", "a/x1 got kept");
    }

    // Whoever throws when it is made is stopped: it must neither start by itself nor harm its neighbours.
    [Fact]
    public async Task An_entity_that_cannot_be_made_harms_no_other_and_is_tried_with_the_next_message_only()
    {
        var a = _harness.Start("a");
        var attempts = 0;
        var sharding = ClusterSharding.Get(a.System);
        var region = sharding.Start(
            "fragile",
            id => id == "x-bad"
                ? Props.CreateBy(new Throwing(() => Interlocked.Increment(ref attempts)))
                : TellingActor.Props(id, Transcript),
            ClusterShardingSettings.Create(a.System),
            new NodesHarness.FirstLetterExtractor());
        Assert.Equal("x-good", await Ask(region, "x-good", "name?"));

        region.Tell(Envelope("x-bad", 1));
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref attempts) == 1, NodesHarness.Patience));
        Assert.Equal("x-good", await Ask(region, "x-good", "name?"));
        Assert.Equal(1, Volatile.Read(ref attempts));
        await AwaitEntities(region, "x-good");
        region.Tell(Envelope("x-bad", 2));

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref attempts) == 2, NodesHarness.Patience));
        Transcript.Expect("x-good started");
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task A_node_without_the_role_reaches_entities_through_its_proxy_and_all_can_be_counted()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        var c = _harness.Start("c", "akka.cluster.roles = [frontend]");
        a.Region(Transcript);
        await AwaitRegions(b.Region(Transcript), 2);
        var proxy = c.Region(Transcript);

        foreach (var id in (string[])["x1", "x2", "y1"])
        {
            Assert.NotEqual("c", (await Ask(proxy, id, "name?"))[..1]);
        }

        var regions = await proxy.Ask<CurrentRegions>(GetCurrentRegions.Instance, NodesHarness.Patience);
        Assert.True(regions.Regions.SetEquals([a.Cluster.SelfAddress, b.Cluster.SelfAddress]));
        var stats = await proxy.Ask<ClusterShardingStats>(
            new GetClusterShardingStats(NodesHarness.Patience), NodesHarness.Patience);
        var counts = stats.Regions.Values.SelectMany(region => region.Stats)
            .ToDictionary(shard => shard.Key, shard => shard.Value);
        Assert.Equal([("x", 2), ("y", 1)], counts.Select(count => (count.Key, count.Value)).Order());
        var state = await proxy.Ask<CurrentShardRegionState>(
            GetShardRegionState.Instance, NodesHarness.Patience);
        Assert.Empty(state.Shards);
    }

    [Fact]
    public async Task A_node_that_counts_its_shards_otherwise_hosts_none_and_reaches_none()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        var atA = a.Region(Transcript, new NodesHarness.RegionOptions
        {
            Extractor = HashCodeMessageExtractor.Create(10, _ => null),
        });
        Assert.Equal("a/x1", await Ask(atA, "x1", "name?"));

        var atB = b.Region(Transcript, new NodesHarness.RegionOptions
        {
            Extractor = HashCodeMessageExtractor.Create(20, _ => null),
        });

        await Assert.ThrowsAsync<AskTimeoutException>(() =>
            atB.Ask<string>(Envelope("x1", "name?"), TimeSpan.FromSeconds(1)));
        await AwaitRegions(atA, 1);
    }

    private static ShardingEnvelope Envelope(string id, object message) => new(id, message);

    private static async Task<string> Ask(IActorRef region, string id, string question) =>
        await region.Ask<string>(Envelope(id, question), NodesHarness.Patience);

    private static async Task<string> AskUntilAnswered(IActorRef region, string id, string question)
    {
        var until = DateTime.UtcNow + NodesHarness.Patience;
        while (true)
        {
            try
            {
                return await region.Ask<string>(Envelope(id, question), TimeSpan.FromMilliseconds(200));
            }
            catch (AskTimeoutException) when (DateTime.UtcNow < until)
            {
            }
        }
    }

    private static async Task AwaitRegions(IActorRef region, int count)
    {
        var until = DateTime.UtcNow + NodesHarness.Patience;
        while ((await region.Ask<CurrentRegions>(GetCurrentRegions.Instance, NodesHarness.Patience)).Regions.Count
            != count)
        {
            Assert.True(DateTime.UtcNow < until, $"There are not {count} regions.");
        }
    }

    private static async Task AwaitEntities(IActorRef region, params string[] ids)
    {
        var until = DateTime.UtcNow + NodesHarness.Patience;
        while (!ids.SequenceEqual((await region.Ask<CurrentShardRegionState>(
            GetShardRegionState.Instance, NodesHarness.Patience)).Shards.SelectMany(shard => shard.EntityIds)))
        {
            Assert.True(DateTime.UtcNow < until, $"The entities are not {string.Join(", ", ids)}.");
        }
    }

    /// <summary>When told to, everything is to move, once.</summary>
    private sealed class MoveOnce(ManualResetEventSlim isTime) : IShardAllocationStrategy
    {
        private bool _hasMoved;

        public Task<IActorRef> AllocateShard(
            IActorRef requester,
            string shardId,
            IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
            Task.FromResult(currentShardAllocations.Keys.First());

        public Task<IImmutableSet<string>> Rebalance(
            IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
            IImmutableSet<string> rebalanceInProgress)
        {
            var moves = !_hasMoved && isTime.IsSet;
            _hasMoved |= moves;
            return Task.FromResult<IImmutableSet<string>>(moves
                ? currentShardAllocations.Values.SelectMany(shards => shards).ToImmutableHashSet()
                : ImmutableHashSet<string>.Empty);
        }
    }

    private sealed class WarningListener(string text, TaskCompletionSource heard) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Warning warning
                && warning.Message.ToString()!.Contains(text, StringComparison.Ordinal))
            {
                heard.TrySetResult();
            }
        }
    }

    private sealed class Throwing(Action onAttempt) : IIndirectActorProducer
    {
        public Type ActorType => typeof(TellingActor);

        public ActorBase Produce()
        {
            onAttempt();
            throw new InvalidOperationException("It cannot be made.");
        }

        public void Release(ActorBase actor)
        {
        }
    }
}
