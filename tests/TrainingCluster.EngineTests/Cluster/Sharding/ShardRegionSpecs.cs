using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.TestKit;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace TrainingCluster.EngineTests.Cluster.Sharding;

public sealed class ShardRegionSpecs : RegionKit
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly TestProbe _coordinator;
    private readonly TestProbe _deadLetters;
    private readonly IActorRef _region;
    private readonly Register _first;

    public ShardRegionSpecs()
    {
        _coordinator = CreateTestProbe("coordinator");
        _deadLetters = CreateTestProbe();
        Sys.EventStream.Subscribe(_deadLetters.Ref, typeof(DeadLetter));
        _region = Region(_coordinator, Type(gate: _gate));
        // Taken here, so that no test takes it for a later one.
        _first = _coordinator.ExpectMsg<Register>();
    }

    [Fact]
    public void It_registers_and_asks_for_homes_of_what_waits()
    {
        Assert.Equal(_region, _first.Region);
        Assert.False(_first.IsProxy);
        Send("x1", 1);

        Acknowledge(epoch: 1);
        Assert.Equal("x", _coordinator.ExpectMsg<GetShardHome>().ShardId);
        Tell(new ShardHome(1, "x", _region));

        Transcript.Expect("x1 started", "x1 got 1");
    }

    [Fact]
    public void What_comes_for_a_shard_elsewhere_is_passed_on_with_its_sender_in_order()
    {
        Acknowledge(epoch: 1);
        var other = CreateTestProbe();
        foreach (var number in Enumerable.Range(1, 3))
        {
            Send("x1", number);
        }

        _coordinator.FishForMessage(message => message is GetShardHome);
        Tell(new ShardHome(1, "x", other.Ref));

        foreach (var number in Enumerable.Range(1, 3))
        {
            Assert.Equal(number, other.ExpectMsg<ShardingEnvelope>().Message);
            Assert.Equal(TestActor, other.Sender);
        }
    }

    [Fact]
    public void An_older_epochs_orders_are_ignored_once_a_newer_one_has_been_heard_of()
    {
        Acknowledge(epoch: 2);
        Send("x1", 1);
        Assert.Equal("x", Fish<GetShardHome>().ShardId);

        Tell(new HostShard(1, "x"));
        Tell(new ShardHome(1, "x", _region));
        Tell(new BeginHandOff(1, 1, "x"));
        Tell(new BeginHandOff(2, 7, "y"));

        Assert.Equal(new BeginHandOffAck(2, 7, "y"), Fish<BeginHandOffAck>());
        Transcript.ExpectNothingMore();
    }

    // What came to the owner between the two steps might be overtaken by what others send to the new home.
    [Fact]
    public void The_owner_drops_what_came_between_the_steps_of_a_move_and_keeps_what_comes_later()
    {
        Host("x", "x1");

        Tell(new BeginHandOff(1, 5, "x"));
        Assert.Equal(5, Fish<BeginHandOffAck>().Move);
        Send("x1", "between");
        Tell(new HandOff(1, 5, "x"));
        Transcript.Expect("x1 finishes", "x1 stopped");
        Assert.Equal(new ShardStopped(1, 5, "x"), Fish<ShardStopped>());
        Send("x1", "later");

        Assert.Equal("between", ((ShardingEnvelope)_deadLetters.ExpectMsg<DeadLetter>().Message).Message);
        Assert.Equal("x", Fish<GetShardHome>().ShardId);
        var elsewhere = CreateTestProbe();
        Tell(new ShardHome(1, "x", elsewhere.Ref));
        Assert.Equal("later", elsewhere.ExpectMsg<ShardingEnvelope>().Message);
    }

    [Fact]
    public void What_comes_while_a_shard_stops_waits_and_a_home_here_starts_it_anew_when_it_has_stopped()
    {
        Host("x", "x1");
        Send("x1", "wait");
        Transcript.Expect("x1 waits");

        Tell(new BeginHandOff(1, 5, "x"));
        Tell(new HandOff(1, 5, "x"));
        Assert.Equal(5, Fish<BeginHandOffAck>().Move);
        Send("x1", 1);
        Assert.Equal("x", Fish<GetShardHome>().ShardId);
        Tell(new ShardHome(1, "x", _region));
        Send("x1", 2);
        Transcript.ExpectNothingMore();
        _gate.Set();

        Transcript.Expect("x1 finishes", "x1 stopped");
        Fish<ShardStopped>();
        Fish<GetShardHome>();
        Tell(new ShardHome(1, "x", _region));
        Transcript.Expect("x1 started", "x1 got 1", "x1 got 2");
    }

    [Fact]
    public void A_new_coordinator_hears_what_runs_and_what_is_stopping()
    {
        Host("x", "x1");
        Host("y", "y1");
        Send("x1", "wait");
        Transcript.Expect("x1 waits");
        Tell(new BeginHandOff(1, 5, "x"));
        Tell(new HandOff(1, 5, "x"));
        Fish<BeginHandOffAck>();

        Tell(new RegisterAgain(2));
        var register = Fish<Register>();
        _gate.Set();

        Assert.Equal("y", Assert.Single(register.Hosted));
        Assert.Equal("x", Assert.Single(register.Stopping));
        Transcript.Expect("x1 finishes", "x1 stopped");
    }

    [Fact]
    public void Shards_that_stop_for_want_of_the_right_to_act_are_not_moved_away()
    {
        Host("x", "x1");
        Send("x1", "wait");
        Transcript.Expect("x1 waits");

        _region.Tell(new ClusterEvent.ActingRightChanged(false));
        Send("x1", "meanwhile");
        _region.Tell(new ClusterEvent.ActingRightChanged(true));
        var register = Fish<Register>();
        _gate.Set();
        Transcript.Expect("x1 stopped");
        Fish<GetShardHome>();
        Tell(new ShardHome(1, "x", _region));

        Assert.Empty(register.Hosted);
        Assert.Empty(register.Stopping);
        Transcript.Expect("x1 started", "x1 got meanwhile");
    }

    [Fact]
    public void A_move_of_what_does_not_run_here_is_answered_at_once()
    {
        Acknowledge(epoch: 1);

        Tell(new HandOff(1, 3, "z"));

        Assert.Equal(new ShardStopped(1, 3, "z"), Fish<ShardStopped>());
    }

    [Fact]
    public void An_extractor_that_fails_on_a_message_harms_nothing_else()
    {
        var region = Region(_coordinator, Type(new FailingExtractor()));
        var unhandled = CreateTestProbe();
        Sys.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));

        region.Tell("bad", TestActor);
        unhandled.ExpectMsg<UnhandledMessage>();
        region.Tell(new RegisterAck(1, _coordinator.Ref), _coordinator.Ref);
        region.Tell(new ShardHome(1, "x", region), _coordinator.Ref);
        region.Tell(new ShardingEnvelope("x1", 1), TestActor);

        Transcript.Expect("x1 started", "x1 got 1");
    }

    [Fact]
    public void Beyond_its_size_the_buffer_drops_new_messages()
    {
        var type = Type();
        var tuning = type.Settings.TuningParameters;
        type = type with
        {
            Settings = type.Settings.WithTuningParameters(new TuningParameters
            {
                RetryInterval = tuning.RetryInterval,
                BufferSize = 2,
                HandOffTimeout = tuning.HandOffTimeout,
                RebalanceInterval = tuning.RebalanceInterval,
                LeastShardAllocationAbsoluteLimit = 0,
                LeastShardAllocationRelativeLimit = 1,
            }),
        };
        var region = Region(_coordinator, type);
        region.Tell(new RegisterAck(1, _coordinator.Ref), _coordinator.Ref);

        foreach (var number in Enumerable.Range(1, 3))
        {
            region.Tell(new ShardingEnvelope("x1", number), TestActor);
        }

        Assert.Equal(3, ((ShardingEnvelope)_deadLetters.ExpectMsg<DeadLetter>().Message).Message);
        region.Tell(new ShardHome(1, "x", region), _coordinator.Ref);
        Transcript.Expect("x1 started", "x1 got 1", "x1 got 2");
    }

    private void Acknowledge(long epoch) => Tell(new RegisterAck(epoch, _coordinator.Ref));

    private void Tell(object message) => _region.Tell(message, _coordinator.Ref);

    private void Send(string entityId, object message) =>
        _region.Tell(new ShardingEnvelope(entityId, message), TestActor);

    private T Fish<T>() => (T)_coordinator.FishForMessage(message => message is T);

    private void Host(string shardId, string entityId)
    {
        Acknowledge(epoch: 1);
        Tell(new HostShard(1, shardId));
        Send(entityId, 0);
        Transcript.Expect($"{entityId} started", $"{entityId} got 0");
    }

    private sealed class FailingExtractor : IMessageExtractor
    {
        public string? EntityId(object message) => throw new InvalidOperationException("cannot read this");

        public object? EntityMessage(object message) => message;

        public string? ShardId(object message) => null;

        public string ShardId(string entityId, object? messageHint = null) => "x";
    }
}
