using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The entities of one shard, started when a message for them comes. Created by its region; stops when it has
/// handed over. An entity that stops by itself is started again by the next message only.
/// </summary>
internal sealed class Shard : UntypedActor, IWithTimers
{
    private static readonly TimeSpan HandOffWarning = TimeSpan.FromSeconds(5);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, Entity> _entities = [];
    private readonly Dictionary<IActorRef, string> _ids = [];
    private readonly string _shardId;
    private readonly ShardedType _type;
    private bool _isHandingOff;

    public Shard(string shardId, ShardedType type)
    {
        _shardId = shardId;
        _type = type;
    }

    /// <summary>A message for an entity, its sender being that of the message.</summary>
    public sealed record Deliver(string EntityId, object Message);

    public sealed record GetState;

    /// <summary>All entities are to stop, then the shard.</summary>
    public sealed record HandOff;

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        if (_type.Settings.PassivatesIdleEntities)
        {
            var idle = _type.Settings.PassivateIdleEntityAfter;
            Timers.StartPeriodicTimer(nameof(IdleTick), IdleTick.Instance, idle / 2);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Deliver deliver:
                DeliverTo(deliver);
                break;
            case Passivate passivate:
                if (_ids.TryGetValue(Sender, out var id))
                {
                    BeginPassivation(_entities[id], passivate.StopMessage);
                }

                break;
            case Terminated terminated:
                EntityStopped(terminated.ActorRef);
                break;
            case HandOff:
                BeginHandOff();
                break;
            case IdleTick:
                PassivateIdleEntities();
                break;
            case HandOffTick tick:
                InsistOnHandOff(tick.IsLast);
                break;
            case GetState:
                var ids = _entities.Keys.ToImmutableSortedSet(StringComparer.Ordinal);
                Sender.Tell(new ShardState(_shardId, ids), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void DeliverTo(Deliver deliver)
    {
        if (_isHandingOff)
        {
            Drop(deliver.Message, Sender);
            return;
        }

        if (!_entities.TryGetValue(deliver.EntityId, out var entity))
        {
            entity = Start(deliver.EntityId);
        }

        entity.LastMessageAt = Now;
        if (deliver.Message is ShardRegion.StartEntity start)
        {
            Sender.Tell(new ShardRegion.StartEntityAck(start.EntityId, _shardId), Self);
        }
        else if (!entity.IsPassivating)
        {
            entity.Ref.Forward(deliver.Message);
        }
        else if (entity.Waiting.Count >= _type.Settings.TuningParameters.BufferSize)
        {
            Drop(deliver.Message, Sender);
        }
        else
        {
            entity.Waiting.Enqueue(new Envelope(deliver.Message, Sender));
        }
    }

    private Entity Start(string id)
    {
        var reference = Context.Watch(Context.ActorOf(_type.EntityProps(id), Uri.EscapeDataString(id)));
        var entity = new Entity(reference);
        _entities[id] = entity;
        _ids[reference] = id;
        return entity;
    }

    private void BeginPassivation(Entity entity, object stopMessage)
    {
        if (!entity.IsPassivating)
        {
            entity.IsPassivating = true;
            entity.Ref.Tell(stopMessage, Self);
        }
    }

    private void PassivateIdleEntities()
    {
        var deadline = Now - _type.Settings.PassivateIdleEntityAfter;
        foreach (var entity in _entities.Values.Where(entity => entity.LastMessageAt < deadline).ToList())
        {
            BeginPassivation(entity, _type.HandOffStopMessage);
        }
    }

    private void EntityStopped(IActorRef reference)
    {
        if (!_ids.Remove(reference, out var id))
        {
            return;
        }

        _entities.Remove(id, out var entity);
        var waiting = entity!.Waiting;
        if (_isHandingOff)
        {
            while (waiting.TryDequeue(out var envelope))
            {
                Drop(envelope.Message, envelope.Sender);
            }

            FinishHandOff();
        }
        else if (waiting.Count > 0)
        {
            var again = Start(id);
            again.LastMessageAt = Now;
            while (waiting.TryDequeue(out var envelope))
            {
                again.Ref.Tell(envelope.Message, envelope.Sender ?? ActorRefs.NoSender);
            }
        }
    }

    private void BeginHandOff()
    {
        if (_isHandingOff)
        {
            return;
        }

        _isHandingOff = true;
        Timers.Cancel(nameof(IdleTick));
        foreach (var entity in _entities.Values)
        {
            entity.Ref.Tell(_type.HandOffStopMessage, Self);
        }

        Timers.StartSingleTimer("warn", new HandOffTick(IsLast: false), HandOffWarning);
        Timers.StartSingleTimer(
            "stop", new HandOffTick(IsLast: true), _type.Settings.TuningParameters.HandOffTimeout);
        FinishHandOff();
    }

    private void InsistOnHandOff(bool isLast)
    {
        _log.Warning(
            "Shard {0} of {1}: {2} entities have not stopped yet ({3}){4}",
            _shardId,
            _type.Name,
            _entities.Count,
            string.Join(", ", _entities.Keys.Order(StringComparer.Ordinal).Take(10)),
            isLast ? "; they are stopped now." : ".");
        if (isLast)
        {
            foreach (var entity in _entities.Values)
            {
                Context.Stop(entity.Ref);
            }
        }
    }

    private void FinishHandOff()
    {
        if (_entities.Count == 0)
        {
            Context.Stop(Self);
        }
    }

    private void Drop(object message, IActorRef? sender) =>
        Context.System.DeadLetters.Tell(
            new DeadLetter(message, sender ?? Context.System.DeadLetters, Self),
            sender ?? ActorRefs.NoSender);

    private sealed class Entity(IActorRef reference)
    {
        public IActorRef Ref { get; } = reference;

        public bool IsPassivating { get; set; }

        public TimeSpan LastMessageAt { get; set; }

        /// <summary>Came while it was passivating.</summary>
        public Queue<Envelope> Waiting { get; } = [];
    }

    private sealed class IdleTick
    {
        public static readonly IdleTick Instance = new();
    }

    private sealed record HandOffTick(bool IsLast);
}
