using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Passes messages on to the singleton wherever it runs. While it is unknown, as during a hand-over, messages
/// wait in a bounded buffer; the oldest become dead letters.
/// </summary>
public sealed class ClusterSingletonProxy : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Queue<Envelope> _buffer = [];
    private readonly string _singletonPath;
    private readonly ClusterSingletonProxySettings _settings;
    private readonly OldestMember _oldest;
    private UniqueAddress? _host;
    private IActorRef? _singleton;
    private long _identification;

    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        _singletonPath = $"{singletonManagerPath}/{settings.SingletonName}";
        _settings = settings;
        _oldest = new OldestMember(settings.Role);
    }

    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    private ITimerScheduler Timers => ((IWithTimers)this).Timers;

    /// <param name="singletonManagerPath">
    /// The manager's path without address, such as <c>/user/coordinator</c>.
    /// </param>
    /// <param name="settings">How to find it.</param>
    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonProxy(singletonManagerPath, settings));

    protected override void PreStart() => _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        while (_buffer.TryDequeue(out var envelope))
        {
            Drop(envelope);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                _oldest.Reset(state);
                Follow();
                break;
            case ClusterEvent.IMemberEvent change:
                _oldest.Apply(change);
                Follow();
                break;
            case TryToIdentify:
                Ask();
                break;
            case ActorIdentity identity:
                Identified(identity);
                break;
            case Terminated terminated:
                if (terminated.ActorRef.Equals(_singleton))
                {
                    Identify();
                }

                break;
            default:
                Pass(message);
                break;
        }
    }

    private void Follow()
    {
        if (_oldest.Current?.UniqueAddress is { } host && host != _host)
        {
            _host = host;
            Identify();
        }
    }

    /// <summary>Forgets the singleton and looks for it until it answers.</summary>
    private void Identify()
    {
        if (_singleton is not null)
        {
            Context.Unwatch(_singleton);
        }

        _singleton = null;
        _identification++;
        Ask();
        Timers.StartPeriodicTimer(
            nameof(TryToIdentify), TryToIdentify.Instance, _settings.SingletonIdentificationInterval);
    }

    private void Ask()
    {
        if (_oldest.Current is { } oldest)
        {
            var path = oldest.UniqueAddress == _cluster.SelfUniqueAddress
                ? _singletonPath
                : oldest.Address + _singletonPath;
            Context.ActorSelection(path).Tell(new Identify(_identification), Self);
        }
    }

    private void Identified(ActorIdentity identity)
    {
        if (!Equals(identity.MessageId, _identification) || identity.Subject is not { } subject
            || subject.IsNobody())
        {
            return;
        }

        _log.Debug("Singleton identified at {0}", subject.Path);
        _singleton = Context.Watch(subject);
        Timers.Cancel(nameof(TryToIdentify));
        while (_buffer.TryDequeue(out var envelope))
        {
            subject.Tell(envelope.Message, envelope.Sender ?? ActorRefs.NoSender);
        }
    }

    private void Pass(object message)
    {
        if (_singleton is not null)
        {
            _singleton.Forward(message);
            return;
        }

        _buffer.Enqueue(new Envelope(message, Sender));
        if (_buffer.Count > _settings.BufferSize)
        {
            Drop(_buffer.Dequeue());
        }
    }

    private void Drop(Envelope envelope) =>
        Context.System.DeadLetters.Tell(
            new DeadLetter(envelope.Message, envelope.Sender ?? Context.System.DeadLetters, Self),
            envelope.Sender ?? ActorRefs.NoSender);

    private sealed class TryToIdentify : INoSerializationVerificationNeeded
    {
        public static readonly TryToIdentify Instance = new();
    }
}
