using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Store;
using Akka.TestKit;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace TrainingCluster.EngineTests.Cluster.Sharding;

public sealed class ShardCoordinatorSpecs() : RegionKit(
    "akka.cluster.sharding { retry-interval = 200ms, handoff-timeout = 1s }")
{
    private readonly FakeHomes _homes = new();

    [Fact]
    public void A_shard_goes_to_the_region_with_the_fewest_and_everybody_is_told_the_same()
    {
        var coordinator = Start();
        var (a, b) = (Register(coordinator, "a"), Register(coordinator, "b"));

        a.Send(coordinator, new GetShardHome("x"));
        Assert.Equal(new HostShard(1, "x"), a.ExpectMsg<HostShard>());
        Assert.Equal(a.Ref, a.ExpectMsg<ShardHome>().Region);
        b.Send(coordinator, new GetShardHome("x"));
        Assert.Equal(a.Ref, b.ExpectMsg<ShardHome>().Region);
        b.Send(coordinator, new GetShardHome("y"));

        Assert.Equal(new HostShard(1, "y"), b.ExpectMsg<HostShard>());
    }

    [Fact]
    public void Shards_that_are_asked_for_at_once_are_spread_all_the_same()
    {
        var kept = new TaskCompletionSource<HomesChanged>();
        _homes.AnswerNext(() => kept.Task);
        var coordinator = Start();
        var (a, b) = (Register(coordinator, "a"), Register(coordinator, "b"));

        foreach (var shardId in (string[])["u", "v", "w", "x"])
        {
            a.Send(coordinator, new GetShardHome(shardId));
        }

        a.Send(coordinator, GetCurrentRegions.Instance);
        a.ExpectMsg<CurrentRegions>();
        kept.SetResult(HomesChanged.Done);

        foreach (var region in (TestProbe[])[a, b])
        {
            region.FishForMessage(message => message is HostShard);
            region.FishForMessage(message => message is HostShard);
        }
    }

    [Fact]
    public void Nobody_hears_of_a_home_before_it_is_kept()
    {
        var coordinator = Start();
        var a = Register(coordinator, "a");
        var kept = new TaskCompletionSource<HomesChanged>();
        _homes.AnswerNext(() => kept.Task);

        a.Send(coordinator, new GetShardHome("x"));
        a.Send(coordinator, GetCurrentRegions.Instance);
        a.ExpectMsg<CurrentRegions>();
        kept.SetResult(HomesChanged.Done);

        a.ExpectMsg<HostShard>();
        a.ExpectMsg<ShardHome>();
    }

    [Fact]
    public void A_change_of_unknown_outcome_is_made_again()
    {
        var coordinator = Start();
        var a = Register(coordinator, "a");
        _homes.AnswerNext(() => Task.FromException<HomesChanged>(new TimeoutException("no answer")));

        a.Send(coordinator, new GetShardHome("x"));

        Assert.Equal("x", a.ExpectMsg<HostShard>().ShardId);
    }

    [Fact]
    public void A_coordinator_whose_epoch_has_ended_begins_another_and_reads_the_homes_anew()
    {
        var coordinator = Start();
        var (a, b) = (Register(coordinator, "a"), Register(coordinator, "b"));
        _homes.AnswerNext(() => Task.FromResult(HomesChanged.Fenced));
        _homes.Rows.Add(RowOf("x", b));

        a.Send(coordinator, new GetShardHome("x"));

        var home = a.ExpectMsg<ShardHome>();
        Assert.Equal(new ShardHome(2, "x", b.Ref), home);
    }

    [Fact]
    public void The_homes_of_its_predecessor_are_answered_before_their_regions_register()
    {
        var (a, b) = (CreateTestProbe("a"), CreateTestProbe("b"));
        _homes.Rows.Add(RowOf("x", a));
        var coordinator = Start();

        b.Send(coordinator, new GetShardHome("x"));

        Assert.Equal(a.Ref, ((ShardHome)b.FishForMessage(message => message is ShardHome)).Region);
        b.Send(coordinator, new GetShardHome("x"));
        b.ExpectMsg<RegisterAgain>();
    }

    [Fact]
    public void A_move_asks_everybody_to_hold_back_before_the_owner_stops_and_then_finds_a_new_home()
    {
        var coordinator = Start();
        var (a, b) = (Register(coordinator, "a"), Register(coordinator, "b"));
        GiveShard(coordinator, a, "x");

        a.Send(coordinator, new GracefulShutdownRequest(a.Ref));
        var (toA, toB) = (a.ExpectMsg<BeginHandOff>(), b.ExpectMsg<BeginHandOff>());
        Assert.Equal(toA, toB);
        b.Send(coordinator, new GetShardHome("x"));
        a.Send(coordinator, new BeginHandOffAck(1, toA.Move, "x"));
        b.Send(coordinator, new BeginHandOffAck(1, toB.Move, "x"));
        Assert.Equal(new HandOff(1, toA.Move, "x"), a.FishForMessage(message => message is HandOff));
        a.Send(coordinator, new ShardStopped(1, toA.Move, "x"));

        Assert.Equal("x", ((HostShard)b.FishForMessage(message => message is HostShard)).ShardId);
        Assert.Equal(b.Ref, b.ExpectMsg<ShardHome>().Region);
    }

    [Fact]
    public void A_region_that_dies_in_the_middle_holds_up_no_move_and_its_own_shards_are_free()
    {
        var coordinator = Start();
        var (a, b, c) = (Register(coordinator, "a"), Register(coordinator, "b"), Register(coordinator, "c"));
        GiveShard(coordinator, a, "x");
        GiveShard(coordinator, b, "y");
        a.Send(coordinator, new GracefulShutdownRequest(a.Ref));
        var begin = a.ExpectMsg<BeginHandOff>();
        a.Send(coordinator, new BeginHandOffAck(1, begin.Move, "x"));
        c.Send(coordinator, new BeginHandOffAck(1, begin.Move, "x"));

        Sys.Stop(b.Ref);

        Assert.Equal(begin.Move, ((HandOff)a.FishForMessage(message => message is HandOff)).Move);
        c.Send(coordinator, new GetShardHome("y"));
        Assert.Equal("y", ((HostShard)c.FishForMessage(message => message is HostShard)).ShardId);
    }

    // A shard whose owner is too slow would else be without a home for ever.
    [Fact]
    public void A_move_that_takes_too_long_is_given_up_and_its_late_end_counts_for_none()
    {
        var coordinator = Start();
        var (a, b) = (Register(coordinator, "a"), Register(coordinator, "b"));
        GiveShard(coordinator, a, "x");
        a.Send(coordinator, new GracefulShutdownRequest(a.Ref));
        var begin = a.ExpectMsg<BeginHandOff>();
        b.Send(coordinator, new BeginHandOffAck(1, begin.Move, "x"));
        a.Send(coordinator, new BeginHandOffAck(1, begin.Move, "x"));
        b.Send(coordinator, new GetShardHome("x"));

        // Two hand-over times later:
        Assert.Equal(a.Ref, ((ShardHome)b.FishForMessage(message => message is ShardHome)).Region);
        a.Send(coordinator, new ShardStopped(1, begin.Move, "x"));
        b.Send(coordinator, new GetShardHome("x"));
        Assert.Equal(a.Ref, b.ExpectMsg<ShardHome>().Region);
        a.Send(coordinator, new GracefulShutdownRequest(a.Ref));

        Assert.NotEqual(
            begin.Move, ((BeginHandOff)b.FishForMessage(message => message is BeginHandOff)).Move);
    }

    [Fact]
    public void A_hand_over_that_its_predecessor_began_is_finished()
    {
        var (a, b) = (CreateTestProbe("a"), CreateTestProbe("b"));
        _homes.Rows.Add(RowOf("x", a));
        var coordinator = Start();
        Register(coordinator, b);

        a.Send(coordinator, new Register(a.Ref, 1, false, 0, [], ["x"]));
        var begin = (BeginHandOff)a.FishForMessage(message => message is BeginHandOff);
        a.Send(coordinator, new BeginHandOffAck(1, begin.Move, "x"));
        b.Send(coordinator, new BeginHandOffAck(1, begin.Move, "x"));
        a.FishForMessage(message => message is HandOff);
        a.Send(coordinator, new ShardStopped(1, begin.Move, "x"));
        b.Send(coordinator, new GetShardHome("x"));

        b.FishForMessage(message => message is ShardHome);
    }

    [Fact]
    public void A_region_that_hosts_what_lives_elsewhere_is_told_to_stop_it()
    {
        var (a, b) = (CreateTestProbe("a"), CreateTestProbe("b"));
        _homes.Rows.Add(RowOf("x", a));
        var coordinator = Start();

        b.Send(coordinator, new Register(b.Ref, 2, false, 0, ["x", "y"], []));

        Assert.Equal("x", ((HandOff)b.FishForMessage(message => message is HandOff)).ShardId);
        b.Send(coordinator, new GetShardHome("y"));
        Assert.Equal(b.Ref, ((ShardHome)b.FishForMessage(message => message is ShardHome)).Region);
    }

    [Fact]
    public void A_region_with_another_number_of_shards_is_refused()
    {
        var coordinator = Start(Type(HashCodeMessageExtractor.Create(10, _ => null)));
        var a = CreateTestProbe("a");

        a.Send(coordinator, new Register(a.Ref, 1, false, 20, [], []));

        Assert.Equal(new RegisterRefused(1, 10), a.ExpectMsg<RegisterRefused>());
        a.Send(coordinator, GetCurrentRegions.Instance);
        Assert.Empty(a.ExpectMsg<CurrentRegions>().Regions);
    }

    [Fact]
    public void A_shard_that_cannot_be_released_yet_keeps_its_home()
    {
        var (a, b) = (CreateTestProbe("a"), CreateTestProbe("b"));
        _homes.Rows.Add(RowOf("x", a));
        _homes.AnswerNext(() => Task.FromResult(new HomesChanged(false, ["x"])));
        var coordinator = Start();
        Register(coordinator, b);
        b.Send(coordinator, new GetShardHome("x"));
        b.ExpectMsg<ShardHome>();

        // The first attempt is refused, the next one is not.
        Sys.Stop(a.Ref);

        b.AwaitAssert(() =>
        {
            b.Send(coordinator, new GetShardHome("x"));
            Assert.Equal(b.Ref, ((ShardHome)b.FishForMessage(message => message is ShardHome)).Region);
        });
    }

    // The next coordinator would read the old home, and messages would be sent to a region that has gone.
    [Fact]
    public void Its_end_waits_for_what_is_being_kept_and_it_begins_nothing_more()
    {
        var coordinator = Start();
        var a = Register(coordinator, "a");
        var kept = new TaskCompletionSource<HomesChanged>();
        _homes.AnswerNext(() => kept.Task);
        a.Watch(coordinator);
        a.Send(coordinator, new GetShardHome("x"));
        a.Send(coordinator, GetCurrentRegions.Instance);
        a.ExpectMsg<CurrentRegions>();

        a.Send(coordinator, ShardCoordinator.StopInOrder.Instance);
        a.Send(coordinator, new GetShardHome("y"));
        a.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
        kept.SetResult(HomesChanged.Done);

        Assert.Equal("x", a.ExpectMsg<HostShard>().ShardId);
        a.ExpectMsg<ShardHome>();
        a.ExpectTerminated(coordinator);
    }

    [Fact]
    public void Without_anything_to_keep_it_stops_at_once()
    {
        var coordinator = Start();
        var a = Register(coordinator, "a");
        a.Watch(coordinator);

        a.Send(coordinator, ShardCoordinator.StopInOrder.Instance);

        a.ExpectTerminated(coordinator);
    }

    private ShardHomeRow RowOf(string shardId, TestProbe region) => new(
        shardId, 1, Akka.Serialization.Serialization.SerializedActorPath(region.Ref));

    private IActorRef Start(ShardedType? type = null)
    {
        var (started, homes) = (type ?? Type(), _homes);
        return Sys.ActorOf(Props.Create(() => new ShardCoordinator(started, homes)));
    }

    private TestProbe Register(IActorRef coordinator, string name)
    {
        var region = CreateTestProbe(name);
        Register(coordinator, region);
        return region;
    }

    private static void Register(IActorRef coordinator, TestProbe region)
    {
        region.Send(coordinator, new Register(
            region.Ref, 1, false, 0, ImmutableArray<string>.Empty, ImmutableArray<string>.Empty));
        region.ExpectMsg<RegisterAck>();
    }

    private static void GiveShard(IActorRef coordinator, TestProbe region, string shardId)
    {
        region.Send(coordinator, new GetShardHome(shardId));
        Assert.Equal(shardId, region.ExpectMsg<HostShard>().ShardId);
        region.ExpectMsg<ShardHome>();
    }
}
