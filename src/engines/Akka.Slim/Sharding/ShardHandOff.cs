using Akka.Actor;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Moves one shard away: all regions keep its messages back, then its owner stops its entities. Created by
/// the coordinator, which it tells the outcome; it keeps nothing that a restart could lose.
/// </summary>
internal sealed class ShardHandOff : UntypedActor, IWithTimers
{
    private readonly HashSet<IActorRef> _unacknowledged;
    private readonly string _shardId;
    private readonly IActorRef _owner;
    private readonly TimeSpan _timeout;

    public ShardHandOff(string shardId, IActorRef owner, IEnumerable<IActorRef> regions, TimeSpan timeout)
    {
        _shardId = shardId;
        _owner = owner;
        _unacknowledged = [.. regions];
        _timeout = timeout;
    }

    public sealed record Finished(string ShardId, bool HasStopped);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        // Twice: the shard itself stops its entities by force after the timeout, and then has to report.
        Timers.StartSingleTimer("timeout", new Finished(_shardId, HasStopped: false), 2 * _timeout);
        foreach (var region in _unacknowledged)
        {
            region.Tell(new BeginHandOff(_shardId), Self);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BeginHandOffAck when _unacknowledged.Remove(Sender) && _unacknowledged.Count == 0:
                _owner.Tell(new HandOff(_shardId), Self);
                break;
            case BeginHandOffAck:
                break;
            case ShardStopped:
                Finish(new Finished(_shardId, HasStopped: true));
                break;
            case Finished timedOut:
                Finish(timedOut);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Finish(Finished outcome)
    {
        Context.Parent.Tell(outcome, Self);
        Context.Stop(Self);
    }
}
