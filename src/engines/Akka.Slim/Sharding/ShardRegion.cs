using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>
/// A node's door to the entities of a type: takes messages for any of them, hosts the shards that the
/// coordinator gives it, and keeps messages while the home of their shard is not known. As a proxy it hosts
/// none. Without the right to act its shards stop; it registers again when the right is back.
/// </summary>
public sealed partial class ShardRegion : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Dictionary<string, IActorRef> _homes = [];
    private readonly HostedShards _shards = new();
    private readonly Dictionary<string, Queue<Envelope>> _buffers = [];
    private readonly TaskCompletionSource<Done> _stopped = new(
        ((ActorSystemImpl)Context.System).Completions);
    private readonly ShardedType _type;
    private readonly IActorRef _coordinatorProxy;
    private readonly bool _isProxy;
    private IActorRef? _coordinator;
    private long _epoch;
    private bool _isShuttingDown;
    private int _buffered;

    internal ShardRegion(ShardedType type, IActorRef coordinatorProxy, bool isProxy)
    {
        _type = type;
        _coordinatorProxy = coordinatorProxy;
        _isProxy = isProxy;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TuningParameters Tuning => _type.Settings.TuningParameters;

    protected override void PreStart()
    {
        Register();
        Timers.StartPeriodicTimer(nameof(Retry), Retry.Instance, Tuning.RetryInterval);
        if (!_isProxy)
        {
            _cluster.Subscribe(Self, typeof(ClusterEvent.ActingRightChanged));
            ShutDownWithTheNode();
        }
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _stopped.TrySetResult(Done.Instance);
        foreach (var shardId in _buffers.Keys.ToList())
        {
            DropBuffer(shardId);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IFromCoordinator news:
                Hear(news);
                break;
            case Terminated terminated:
                SomethingEnded(terminated.ActorRef);
                break;
            case Retry:
                TryAgain();
                break;
            case GracefulShutdown:
                BeginShutdown();
                break;
            case ShutdownExpired:
                Context.Stop(Self);
                break;
            case ClusterEvent.ActingRightChanged change:
                RightChanged(change.IsHeld);
                break;
            case ClusterEvent.CurrentClusterState or RefusalLogged:
                break;
            case IShardRegionQuery query:
                Answer(query);
                break;
            default:
                Route(message);
                break;
        }
    }

    private void Route(object message)
    {
        if (ReadAddress(message) is not { } to)
        {
            _log.Warning("Region {0} got {1}, which is for no entity.", _type.Name, message.GetType());
            Unhandled(message);
            return;
        }

        var home = _buffers.ContainsKey(to.ShardId) ? null : _homes.GetValueOrDefault(to.ShardId);
        if (home is null || (home.Equals(Self) && !MayDeliver(to.ShardId)))
        {
            Buffer(to.ShardId, message);
        }
        else
        {
            Pass(home, to, message, Sender);
        }
    }

    /// <summary>Null where the message is for no entity, also by the fault of the extractor.</summary>
    private EntityAddress? ReadAddress(object message)
    {
        try
        {
            return _type.Extractor.EntityId(message) is { Length: > 0 } entityId
                && _type.Extractor.EntityMessage(message) is { } payload
                && _type.Extractor.ShardId(entityId, message) is { Length: > 0 } shardId
                    ? new EntityAddress(shardId, entityId, payload) : null;
        }
        catch (Exception cause)
        {
            _log.Error(cause, "The extractor of {0} failed on {1}.", _type.Name, message.GetType());
            return null;
        }
    }

    private void Pass(IActorRef home, EntityAddress to, object message, IActorRef? sender)
    {
        if (home.Equals(Self))
        {
            StartShard(to.ShardId).Tell(
                new Shard.Deliver(to.EntityId, to.Message), sender ?? ActorRefs.NoSender);
        }
        else
        {
            home.Tell(message, sender ?? ActorRefs.NoSender);
        }
    }

    /// <summary>False while a shard here is stopping, and without the right to act.</summary>
    private bool MayDeliver(string shardId) => _cluster.ActingRight.MayAct && !_shards.IsStopping(shardId);

    private IActorRef StartShard(string shardId)
    {
        if (_shards.Find(shardId) is { } running)
        {
            return running;
        }

        var type = _type;
        var props = Actor.Props.Create(() => new Shard(shardId, type)).WithGuard(_cluster.ActingRight);
        var shard = Context.Watch(Context.ActorOf(props, Uri.EscapeDataString(shardId)));
        _shards.Add(shardId, shard);
        return shard;
    }

    private void SomethingEnded(IActorRef ended)
    {
        if (ended.Equals(_coordinator))
        {
            _coordinator = null;
            Register();
        }
        else if (_shards.Remove(ended) is { } stopped)
        {
            ShardEnded(stopped);
        }
        else
        {
            var homeless = _homes.Where(home => home.Value.Equals(ended)).Select(home => home.Key).ToList();
            homeless.ForEach(shardId => _homes.Remove(shardId));
        }
    }

    private void ShardEnded(HostedShards.Stopped stopped)
    {
        foreach (var (requester, answer) in stopped.Answers)
        {
            requester.Tell(answer, Self);
        }

        _homes.Remove(stopped.ShardId);
        if (_buffers.ContainsKey(stopped.ShardId))
        {
            _coordinator?.Tell(new GetShardHome(stopped.ShardId), Self);
        }

        StopWhenEmpty();
    }

    private readonly record struct EntityAddress(string ShardId, string EntityId, object Message);

    private sealed class Retry : INoSerializationVerificationNeeded
    {
        public static readonly Retry Instance = new();
    }
}
