using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>
/// Tells subscribers what happens to the membership, in order, and acts when this node is concerned. Created
/// by the extension as /system/cluster; it holds only what it can be told again.
/// </summary>
internal sealed class ClusterDaemon : UntypedActor
{
    private readonly Cluster _cluster;
    private readonly IMembership _membership;
    private readonly Dictionary<IActorRef, HashSet<Type>> _subscribers = [];
    private readonly List<Action> _onUp = [];
    private readonly List<Action> _onRemoved = [];
    private MembershipState _state = MembershipState.Empty;
    private bool _isRightHeld;

    public ClusterDaemon(Cluster cluster, IMembership membership)
    {
        _cluster = cluster;
        _membership = membership;
    }

    public sealed record Changed(MembershipState State) : INoSerializationVerificationNeeded;

    public sealed record RightChanged(bool IsHeld) : INoSerializationVerificationNeeded;

    public sealed record JoinRefused(string Why) : INoSerializationVerificationNeeded;

    public sealed record Subscribe(
        IActorRef Subscriber,
        ClusterEvent.SubscriptionInitialStateMode Mode,
        IReadOnlyCollection<Type> To) : INoSerializationVerificationNeeded;

    /// <param name="Subscriber">Who no longer wants events.</param>
    /// <param name="To">Of which class; null for all.</param>
    public sealed record Unsubscribe(IActorRef Subscriber, Type? To) : INoSerializationVerificationNeeded;

    public sealed record SendState(IActorRef Receiver) : INoSerializationVerificationNeeded;

    public sealed record OnUp(Action Callback) : INoSerializationVerificationNeeded;

    public sealed record OnRemoved(Action Callback) : INoSerializationVerificationNeeded;

    protected override void PreStart()
    {
        _membership.Start(new Listener(Self));
    }

    protected override void PostStop()
    {
        foreach (var subscriber in _subscribers.Keys)
        {
            subscriber.Tell(ClusterEvent.ClusterShuttingDown.Instance, Self);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Changed changed:
                Change(changed.State);
                break;
            case RightChanged changed:
                ChangeRight(changed.IsHeld);
                break;
            case JoinRefused refused:
                _cluster.FailJoin(refused.Why);
                RunAll(_onRemoved);
                break;
            case Subscribe subscribe:
                AddSubscriber(subscribe);
                break;
            case Unsubscribe unsubscribe:
                RemoveSubscriber(unsubscribe);
                break;
            case SendState request:
                request.Receiver.Tell(_state.Snapshot(), Self);
                break;
            case OnUp request:
                Register(request.Callback, _onUp, Status is MemberStatus.Up);
                break;
            case OnRemoved request:
                Register(request.Callback, _onRemoved, _cluster.IsTerminated);
                break;
            case Terminated terminated:
                _subscribers.Remove(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private MemberStatus? Status => _state.Find(_cluster.SelfUniqueAddress)?.Status;

    private void Change(MembershipState state)
    {
        var before = _state;
        var statusBefore = Status;
        _state = state;
        _cluster.Update(state);
        foreach (var change in MembershipDifference.Events(before, state))
        {
            Publish(change);
        }

        if (Status != statusBefore)
        {
            Act(statusBefore, Status);
        }
    }

    private void ChangeRight(bool isHeld)
    {
        if (isHeld != _isRightHeld)
        {
            _isRightHeld = isHeld;
            Publish(new ClusterEvent.ActingRightChanged(isHeld));
        }
    }

    private void Act(MemberStatus? before, MemberStatus? now)
    {
        switch (now)
        {
            case MemberStatus.Up:
                RunAll(_onUp);
                break;
            case MemberStatus.Exiting:
                _cluster.BeginExit();
                break;
            case null:
                _cluster.Terminate(wasDowned: before is not MemberStatus.Exiting);
                RunAll(_onRemoved);
                break;
        }
    }

    private void Publish(ClusterEvent.IClusterDomainEvent change)
    {
        foreach (var (subscriber, types) in _subscribers)
        {
            if (types.Any(type => type.IsInstanceOfType(change)))
            {
                subscriber.Tell(change, Self);
            }
        }
    }

    private void AddSubscriber(Subscribe request)
    {
        if (request.Mode == ClusterEvent.InitialStateAsSnapshot)
        {
            request.Subscriber.Tell(_state.Snapshot(), Self);
        }
        else
        {
            foreach (var change in MembershipDifference.Events(MembershipState.Empty, _state))
            {
                if (request.To.Any(type => type.IsInstanceOfType(change)))
                {
                    request.Subscriber.Tell(change, Self);
                }
            }
        }

        if (!_subscribers.TryGetValue(request.Subscriber, out var types))
        {
            _subscribers.Add(request.Subscriber, types = []);
            Context.Watch(request.Subscriber);
        }

        types.UnionWith(request.To);
    }

    private void RemoveSubscriber(Unsubscribe request)
    {
        if (!_subscribers.TryGetValue(request.Subscriber, out var types))
        {
            return;
        }

        if (request.To is null)
        {
            types.Clear();
        }
        else
        {
            types.Remove(request.To);
        }

        if (types.Count == 0)
        {
            _subscribers.Remove(request.Subscriber);
            Context.Unwatch(request.Subscriber);
        }
    }

    private static void Register(Action callback, List<Action> callbacks, bool isTrueNow)
    {
        if (isTrueNow)
        {
            callback();
        }
        else
        {
            callbacks.Add(callback);
        }
    }

    private static void RunAll(List<Action> callbacks)
    {
        var now = callbacks.ToList();
        callbacks.Clear();
        now.ForEach(callback => callback());
    }

    private sealed class Listener(IActorRef daemon) : IMembershipListener
    {
        void IMembershipListener.Changed(MembershipState state) => Tell(new Changed(state));

        void IMembershipListener.RightChanged(bool isHeld) => Tell(new RightChanged(isHeld));

        void IMembershipListener.JoinRefused(string why) => Tell(new JoinRefused(why));

        private void Tell(object message) => daemon.Tell(message, ActorRefs.NoSender);
    }
}
