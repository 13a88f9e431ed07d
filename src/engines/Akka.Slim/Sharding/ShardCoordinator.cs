using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Gives each shard of a type its home; one in the cluster, as a singleton. When it starts it begins a new
/// epoch and reads where the shards live; every change is kept before anybody hears of it. What it does not
/// know yet, it finds out: regions register, and those that wait for homes have asked.
/// </summary>
internal sealed partial class ShardCoordinator : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Dictionary<IActorRef, Register> _early = [];
    private readonly Dictionary<string, HashSet<IActorRef>> _waiting = [];
    private readonly ShardedType _type;
    private readonly IShardHomes _homes;
    private ShardAllocations _state = ShardAllocations.Empty;
    private long _epoch;

    /// <summary>False until the homes have been read.</summary>
    private bool _isReady;

    /// <summary>Begins nothing any more.</summary>
    private bool _isStopping;

    public ShardCoordinator(ShardedType type, IShardHomes homes)
    {
        _type = type;
        _homes = homes;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TuningParameters Tuning => _type.Settings.TuningParameters;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(RebalanceTick), RebalanceTick.Instance, Tuning.RebalanceInterval);
        Timers.StartPeriodicTimer(nameof(RetryTick), RetryTick.Instance, Tuning.RetryInterval);
        Begin();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IToCoordinator news:
                Hear(news);
                break;
            case IShardRegionQuery query:
                Answer(query);
                break;
            case IOutcome outcome:
                Continue(outcome);
                break;
            case MoveTimedOut timeout:
                GiveUp(timeout);
                break;
            case RebalanceTick:
                Rebalance();
                break;
            case RetryTick:
                Retry();
                break;
            case Terminated terminated:
                Lost(terminated);
                break;
            case StopInOrder:
                _isStopping = true;
                StopOnceKept();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Hear(IToCoordinator news)
    {
        switch (news)
        {
            case Register register:
                Add(register);
                break;
            case GetShardHome get:
                FindHome(get.ShardId, Sender);
                break;
            case GracefulShutdownRequest shutdown:
                Leave(shutdown.Region);
                break;
            case BeginHandOffAck ack:
                Acknowledged(ack, Sender);
                break;
            case ShardStopped stopped:
                Stopped(stopped);
                break;
        }
    }

    private void Add(Register register)
    {
        if (!_isReady)
        {
            _early[register.Region] = register;
            return;
        }

        var region = register.Region;
        var ours = _type.Extractor.NumberOfShards;
        if (ours != register.NumberOfShards && ours != 0 && register.NumberOfShards != 0)
        {
            _log.Error(
                "{0} would spread {1} over {2} shards, this node over {3}; it is refused. A new number of "
                + "shards needs a new type name.",
                region,
                _type.Name,
                register.NumberOfShards,
                ours);
            region.Tell(new RegisterRefused(_epoch, ours), Self);
            return;
        }

        Context.Watch(region);
        _state = register.IsProxy ? _state.RegisterProxy(region) : _state.Register(region, register.Uid);
        region.Tell(new RegisterAck(_epoch, Self), Self);
        Compare(register);
        foreach (var shardId in _waiting.Keys.ToList())
        {
            Allocate(shardId);
        }
    }

    /// <summary>What the region says against what is known.</summary>
    private void Compare(Register register)
    {
        foreach (var shardId in register.Hosted.Where(shardId => !_changing.Contains(shardId)))
        {
            if (!_state.Homes.TryGetValue(shardId, out var home))
            {
                Enqueue(Give(shardId, register.Region));
            }
            else if (!home.Equals(register.Region))
            {
                register.Region.Tell(new HandOff(_epoch, 0, shardId), Self);
            }
        }

        foreach (var shardId in register.Stopping)
        {
            if (register.Region.Equals(_state.Homes.GetValueOrDefault(shardId)))
            {
                Move(shardId);
            }
        }
    }

    private void FindHome(string shardId, IActorRef asker)
    {
        if (_isReady && !_state.IsRegistered(asker))
        {
            asker.Tell(new RegisterAgain(_epoch), Self);
        }

        if (HomeOf(shardId) is { } home)
        {
            asker.Tell(new ShardHome(_epoch, shardId, home), Self);
            return;
        }

        if (!_waiting.TryGetValue(shardId, out var askers))
        {
            _waiting.Add(shardId, askers = []);
        }

        askers.Add(asker);
        Allocate(shardId);
    }

    /// <summary>Null also where it is about to change.</summary>
    private IActorRef? HomeOf(string shardId) =>
        _isReady && !_moves.ContainsKey(shardId) && !_changing.Contains(shardId)
            ? _state.Homes.GetValueOrDefault(shardId) : null;

    private void TellHome(string shardId)
    {
        if (HomeOf(shardId) is { } home && _waiting.Remove(shardId, out var askers))
        {
            foreach (var asker in askers)
            {
                asker.Tell(new ShardHome(_epoch, shardId, home), Self);
            }
        }
    }

    private void Leave(IActorRef region)
    {
        _state = _state.Leave(region);
        if (_isReady && _state.Regions.TryGetValue(region, out var entry))
        {
            foreach (var shardId in entry.Shards)
            {
                Move(shardId);
            }
        }
    }

    private void Lost(Terminated terminated)
    {
        var region = terminated.ActorRef;
        _early.Remove(region);
        foreach (var askers in _waiting.Values)
        {
            askers.Remove(region);
        }

        var entry = _state.Regions.GetValueOrDefault(region);
        _state = _state.Without(region);
        if (_isReady && entry is not null)
        {
            foreach (var shardId in entry.Shards.Where(shardId => !_changing.Contains(shardId)))
            {
                EndMove(shardId);
                Enqueue(new HomeChange.Release(shardId, region, entry.Uid, terminated.AddressTerminated));
            }
        }

        foreach (var move in _moves.Values.ToList())
        {
            Advance(move.Without(region));
        }
    }

    private void Retry()
    {
        ReturnRefused();
        Remind();
        foreach (var shardId in _waiting.Keys.ToList())
        {
            Allocate(shardId);
        }
    }

    /// <summary>
    /// What regions have told is kept first: the next coordinator would else send messages to the home of a
    /// shard that has stopped there.
    /// </summary>
    private void StopOnceKept()
    {
        if (_isStopping && (!_isReady || (_inFlight.Length == 0 && _pending.Count == 0)))
        {
            Context.Stop(Self);
        }
    }

    /// <summary>The end of this coordinator, before another node has one.</summary>
    public sealed class StopInOrder : INoSerializationVerificationNeeded
    {
        public static readonly StopInOrder Instance = new();
    }

    private sealed class RebalanceTick : INoSerializationVerificationNeeded
    {
        public static readonly RebalanceTick Instance = new();
    }

    private sealed class RetryTick : INoSerializationVerificationNeeded
    {
        public static readonly RetryTick Instance = new();
    }
}
