using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>
/// A node's door to the entities of a type: takes messages for any of them, hosts the shards that the
/// coordinator gives it, and keeps messages while the home of their shard is not known. As a proxy it hosts
/// none.
/// </summary>
public sealed partial class ShardRegion : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Dictionary<string, IActorRef> _homes = [];
    private readonly Dictionary<string, IActorRef> _shards = [];
    private readonly Dictionary<IActorRef, string> _shardIds = [];
    private readonly Dictionary<string, Queue<Envelope>> _buffers = [];
    private readonly TaskCompletionSource<Done> _stopped = new(
        ((ActorSystemImpl)Context.System).Completions);
    private readonly ShardedType _type;
    private readonly IActorRef _coordinatorProxy;
    private readonly bool _isProxy;
    private IActorRef? _coordinator;
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
            ShutDownWithTheNode();
        }
    }

    protected override void PostStop()
    {
        _stopped.TrySetResult(Done.Instance);
        foreach (var envelope in _buffers.Values.SelectMany(buffer => buffer))
        {
            Drop(envelope);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RegisterAck ack:
                Registered(ack.Coordinator);
                break;
            case ShardHome home:
                HomeFound(home);
                break;
            case HostShard host:
                StartShard(host.ShardId);
                break;
            case BeginHandOff begin:
                _homes.Remove(begin.ShardId);
                Sender.Tell(new BeginHandOffAck(begin.ShardId), Self);
                break;
            case HandOff handOff:
                GiveAway(handOff);
                break;
            case GracefulShutdown:
                BeginShutdown();
                break;
            case Retry:
                TryAgain();
                break;
            case Terminated terminated:
                SomethingEnded(terminated.ActorRef);
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
        if (_type.Extractor.EntityId(message) is not { Length: > 0 } entityId
            || _type.Extractor.EntityMessage(message) is not { } payload)
        {
            _log.Warning("Region {0} got {1}, which is for no entity.", _type.Name, message.GetType());
            Unhandled(message);
            return;
        }

        var shardId = _type.Extractor.ShardId(entityId, message);
        if (!_homes.TryGetValue(shardId, out var home))
        {
            Buffer(shardId, message);
        }
        else if (home.Equals(Self))
        {
            StartShard(shardId).Forward(new Shard.Deliver(entityId, payload));
        }
        else
        {
            home.Forward(message);
        }
    }

    private void Buffer(string shardId, object message)
    {
        if (!_buffers.TryGetValue(shardId, out var buffer))
        {
            _buffers.Add(shardId, buffer = []);
            _coordinator?.Tell(new GetShardHome(shardId), Self);
        }

        var envelope = new Envelope(message, Sender);
        if (_buffered >= Tuning.BufferSize)
        {
            _log.Warning(
                "Region {0} keeps {1} messages and drops one for shard {2}.", _type.Name, _buffered, shardId);
            Drop(envelope);
            return;
        }

        buffer.Enqueue(envelope);
        _buffered++;
    }

    private void HomeFound(ShardHome home)
    {
        _homes[home.ShardId] = home.Region;
        if (!home.Region.Equals(Self))
        {
            Context.Watch(home.Region);
        }

        if (!_buffers.Remove(home.ShardId, out var buffer))
        {
            return;
        }

        _buffered -= buffer.Count;
        while (buffer.TryDequeue(out var envelope))
        {
            Redeliver(home, envelope);
        }
    }

    private void Redeliver(ShardHome home, Envelope envelope)
    {
        var sender = envelope.Sender ?? ActorRefs.NoSender;
        if (home.Region.Equals(Self))
        {
            var deliver = new Shard.Deliver(
                _type.Extractor.EntityId(envelope.Message)!,
                _type.Extractor.EntityMessage(envelope.Message)!);
            StartShard(home.ShardId).Tell(deliver, sender);
        }
        else
        {
            home.Region.Tell(envelope.Message, sender);
        }
    }

    private IActorRef StartShard(string shardId)
    {
        if (!_shards.TryGetValue(shardId, out var shard))
        {
            var type = _type;
            shard = Context.Watch(Context.ActorOf(
                Actor.Props.Create(() => new Shard(shardId, type)), Uri.EscapeDataString(shardId)));
            _shards.Add(shardId, shard);
            _shardIds.Add(shard, shardId);
            _homes[shardId] = Self;
        }

        return shard;
    }

    private void GiveAway(HandOff handOff)
    {
        // Others may have sent what is kept here; delivering it later could put it behind what they send
        // next.
        if (_buffers.Remove(handOff.ShardId, out var buffer))
        {
            _buffered -= buffer.Count;
            foreach (var envelope in buffer)
            {
                Drop(envelope);
            }
        }

        if (_shards.TryGetValue(handOff.ShardId, out var shard))
        {
            shard.Forward(handOff);
        }
        else
        {
            Sender.Tell(new ShardStopped(handOff.ShardId), Self);
        }
    }

    private void SomethingEnded(IActorRef ended)
    {
        if (ended.Equals(_coordinator))
        {
            _coordinator = null;
            Register();
        }
        else if (_shardIds.Remove(ended, out var shardId))
        {
            _shards.Remove(shardId);
            _homes.Remove(shardId);
            StopWhenEmpty();
        }
        else
        {
            var homeless = _homes.Where(home => home.Value.Equals(ended)).Select(home => home.Key).ToList();
            foreach (var shard in homeless)
            {
                _homes.Remove(shard);
            }
        }
    }

    private void Drop(Envelope envelope) =>
        Context.System.DeadLetters.Tell(
            new DeadLetter(envelope.Message, envelope.Sender ?? Context.System.DeadLetters, Self),
            envelope.Sender ?? ActorRefs.NoSender);

    private sealed class Retry
    {
        public static readonly Retry Instance = new();
    }
}
