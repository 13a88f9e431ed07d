using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Runs on every node and keeps the singleton as its child on the oldest one. Before the node leaves, the
/// singleton gets the termination message, and nothing else of the way out goes on until it has stopped by
/// itself.
/// </summary>
public sealed class ClusterSingletonManager : UntypedActor
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
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
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
            case ClusterEvent.MemberExited exited
                when exited.Member.UniqueAddress == _cluster.SelfUniqueAddress:
                // The shutdown says when: what depends on the singleton, such as shards, has to stop before
                // it.
                break;
            case ClusterEvent.IMemberEvent change:
                if (_oldest.Apply(change))
                {
                    Settle();
                }

                break;
            case SelfExiting:
                Leave();
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_singleton):
                SingletonStopped();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>
    /// Starts the singleton where this node is the oldest, and begins to stop it where it is no longer.
    /// </summary>
    private void Settle()
    {
        var isOldest = _oldest.Current?.UniqueAddress == _cluster.SelfUniqueAddress;
        if (isOldest && _singleton is null && !_isLeaving)
        {
            _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
            _log.Info("Singleton {0} runs on this node.", _singleton.Path);
        }
        else if (!isOldest && _singleton is not null)
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (_isLeaving)
        {
            return;
        }

        _isLeaving = true;
        if (_singleton is null)
        {
            Context.Stop(Self);
        }
        else
        {
            _singleton.Tell(_terminationMessage, Self);
        }
    }

    private void SingletonStopped()
    {
        // One that stops by itself is not started again, as in the genuine library: it was its own wish.
        _log.Info("Singleton {0} has stopped.", _singleton!.Path);
        if (_isLeaving)
        {
            Context.Stop(Self);
        }
    }

    private sealed class SelfExiting : INoSerializationVerificationNeeded
    {
        public static readonly SelfExiting Instance = new();
    }
}
