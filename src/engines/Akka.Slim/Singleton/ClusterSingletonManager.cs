using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Runs on every node and keeps the singleton as its child on the oldest one. A node that becomes the oldest
/// waits until each older one is gone or has told that its singleton has stopped; before a node leaves, the
/// singleton gets the termination message, and nothing else of the way out goes on until it has stopped by
/// itself. Without the right to act the singleton is stopped at once; it starts again when the right is back.
/// </summary>
public sealed partial class ClusterSingletonManager : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly OldestMember _oldest;
    private readonly TaskCompletionSource<Done> _handedOver = new(
        ((ActorSystemImpl)Context.System).Completions);
    private IActorRef? _singleton;
    private bool _isStopping;
    private bool _isFinished;

    /// <summary>On its way out; the singleton never runs here again.</summary>
    private bool _isLeaving;

    public ClusterSingletonManager(
        Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _oldest = new OldestMember(settings.Role);
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
        {
            throw new ArgumentException(
                $"This node's roles are [{string.Join(", ", _cluster.SelfRoles.Order())}]; the manager of "
                + $"{settings.SingletonName} belongs on nodes of role {role} only.",
                nameof(settings));
        }
    }

    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    private ITimerScheduler Timers => ((IWithTimers)this).Timers;

    public static Config DefaultConfig() => ConfigurationFactory.ParseString(SingletonReference.Text);

    /// <summary>With <see cref="PoisonPill"/> as the termination message.</summary>
    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) =>
        Props(singletonProps, PoisonPill.Instance, settings);

    /// <summary>The singleton must stop itself some time after it has got the termination message.</summary>
    public static Props Props(
        Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonManager(singletonProps, terminationMessage, settings));

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.ActingRightChanged));
        var self = Self;
        CoordinatedShutdown.Get(Context.System).AddTask(
            CoordinatedShutdown.PhaseClusterExiting,
            $"singleton-exiting-{self.Path.ToStringWithoutAddress()}",
            () =>
            {
                self.Tell(SelfExiting.Instance, ActorRefs.NoSender);
                return _handedOver.Task;
            });
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _handedOver.TrySetResult(Done.Instance);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                _oldest.Reset(state);
                Settle();
                break;
            case ClusterEvent.IMemberEvent change:
                Follow(change);
                break;
            case ClusterEvent.ActingRightChanged { IsHeld: false }:
                StopAtOnce();
                break;
            case ClusterEvent.ActingRightChanged or AskAgain:
                Settle();
                break;
            case SelfExiting:
                Leave();
                break;
            case SingletonProtocol.HandOverToMe request
                when request.Asked == _cluster.SelfUniqueAddress.Uid:
                HandOverTo(Sender);
                break;
            case SingletonProtocol.HandOverToMe:
                break;
            case SingletonProtocol.HandOverInProgress:
                _log.Debug("{0} is handing over.", Sender);
                break;
            case SingletonProtocol.HandOverDone done:
                HandedOverBy(done.By);
                break;
            case MarginOver over:
                _lost.Remove(over.Member);
                Settle();
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_singleton):
                SingletonStopped();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Follow(ClusterEvent.IMemberEvent change)
    {
        var isSelf = change.Member.UniqueAddress == _cluster.SelfUniqueAddress;
        if (!isSelf && change is ClusterEvent.MemberRemoved removed)
        {
            MindMargin(removed);
        }

        _oldest.Apply(change);
        if (isSelf && change is (ClusterEvent.MemberDowned or ClusterEvent.MemberRemoved))
        {
            // Others take over as soon as the node is gone: nothing may wait for the singleton's consent.
            _isLeaving = true;
            StopAtOnce();
            FinishLeaving();
        }
        else
        {
            // That this node is exiting is no reason to stop: the shutdown says when, because what depends on
            // the singleton, such as shards, has to stop before it.
            Settle();
        }
    }

    /// <summary>Starts the singleton where it is this node's turn and nobody older may run it.</summary>
    private void Settle()
    {
        if (_singleton is not null || _isLeaving || _isFinished || !_cluster.ActingRight.MayAct
            || _oldest.Current?.UniqueAddress != _cluster.SelfUniqueAddress || !IsFree())
        {
            return;
        }

        _singleton = Context.Watch(Context.ActorOf(
            _singletonProps.WithGuard(_cluster.ActingRight), _settings.SingletonName));
        _log.Info("Singleton {0} runs on this node.", _singleton.Path);
    }

    private void Leave()
    {
        _isLeaving = true;
        if (_singleton is null)
        {
            FinishLeaving();
        }
        else
        {
            Stop();
        }
    }

    private void Stop()
    {
        if (!_cluster.ActingRight.MayAct)
        {
            StopAtOnce();
        }
        else if (!_isStopping)
        {
            _isStopping = true;
            _singleton!.Tell(_terminationMessage, Self);
        }
    }

    /// <summary>Without asking it: it does not handle messages any more, or may not.</summary>
    private void StopAtOnce()
    {
        if (_singleton is not null)
        {
            _isStopping = true;
            Context.Stop(_singleton);
        }
    }

    private void SingletonStopped()
    {
        _log.Info("Singleton {0} has stopped.", _singleton!.Path);
        _singleton = null;
        // One that stops by itself is not started again, as in the genuine library: it was its own wish.
        _isFinished = !_isStopping;
        _isStopping = false;
        if (_isLeaving)
        {
            FinishLeaving();
        }
        else
        {
            Settle();
        }
    }

    private void FinishLeaving()
    {
        if (_singleton is not null)
        {
            return;
        }

        TellHandedOver();
        _handedOver.TrySetResult(Done.Instance);
        if (_oldest.Find(_cluster.SelfUniqueAddress) is null)
        {
            // Gone already, so that nobody will ask any more.
            Context.Stop(Self);
        }
    }

    private sealed class SelfExiting : INoSerializationVerificationNeeded
    {
        public static readonly SelfExiting Instance = new();
    }
}
