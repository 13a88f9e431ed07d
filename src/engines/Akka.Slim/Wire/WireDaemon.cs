using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Event;

namespace Akka.Wire;

/// <summary>
/// Reads this node's frames, and keeps one <see cref="FrameSender"/> for each other member. Being one actor,
/// it tells of a node's end after everything that node had sent. Started as /system/wire.
/// </summary>
internal sealed partial class WireDaemon : UntypedActor
{
    private readonly WireEnvironment _wire;
    private readonly NodeWire _node;
    private readonly Dictionary<int, Association> _peers = [];
    private readonly Cancelable _polling;
    private IDisposable? _wakeUps;
    private MembershipState _state = MembershipState.Empty;
    private int _failures;
    private bool _isOpening;
    private bool _isOpen;

    public WireDaemon(WireEnvironment wire, NodeWire node)
    {
        _wire = wire;
        _node = node;
        _delivery = new FrameDelivery(wire, node);
        _polling = new Cancelable(Context.System.Scheduler);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Open when !_isOpening:
            case OpenAgain:
                TryOpen();
                break;
            case Opened:
                Begin();
                break;
            case NotOpened failure:
                OpenLater(failure.Cause);
                break;
            case MembersChanged change:
                _state = change.State;
                UpdatePeers();
                break;
            case Look:
                _node.BeginLook();
                Read();
                break;
            case Arrived arrived:
                Accept(arrived);
                break;
            case NotRead failure:
                ReadLater(failure.Cause);
                break;
            case Stranger stranger:
                Context.System.Scheduler.ScheduleTellOnce(
                    _wire.Settings.StrangerTimeout,
                    Self,
                    new GiveUp(stranger.Association),
                    ActorRefs.NoSender);
                break;
            case GiveUp late when late.Association.Peer is null:
                _node.End(late.Association);
                break;
            case Expelled:
                Expel();
                break;
        }
    }

    protected override void PostStop()
    {
        _wakeUps?.Dispose();
        _polling.Cancel();
        _node.EndAll();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // What it has read is lost with it, so nobody could tell repetitions: the node has to end.
        Context.System.Log.Error(
            reason, "{0} cannot receive messages any more: {1}", _wire.Self, reason.Message);
        _node.Lose();
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    private void TryOpen()
    {
        // Whoever asks meanwhile waits for the same answer.
        _isOpening = true;
        var self = _wire.Self;
        _ = _wire.Stores.Queues.Write(async store =>
        {
            await store.OpenEndpoint(self.Uid, self.Address.ToString());
            return Done.Instance;
        }).PipeTo(Self, ActorRefs.NoSender, _ => Opened.Instance, cause => new NotOpened(cause));
    }

    private void OpenLater(Exception cause)
    {
        _wire.Log.Warning(
            "not open",
            "This node cannot open its queue in {0} yet: {1}",
            _wire.Stores.Queues.Location,
            cause.Message);
        Context.System.Scheduler.ScheduleTellOnce(
            _wire.BackOff(++_failures), Self, OpenAgain.Instance, ActorRefs.NoSender);
    }

    private void Begin()
    {
        _isOpen = true;
        _failures = 0;
        var interval = _wire.Settings.PollInterval;
        Context.System.Scheduler.ScheduleTellRepeatedly(
            interval, interval, Self, Look.Instance, ActorRefs.NoSender, _polling);
        _wakeUps = _wire.Stores.WakeUps.Listen(_wire.Self.Uid, _node.LookSoon);
        UpdatePeers();
        _node.Opened();
    }

    private void UpdatePeers()
    {
        if (!_isOpen)
        {
            return;
        }

        var gone = _peers.Where(peer => _state.Find(peer.Value.Peer!) is null).ToList();
        foreach (var (uid, association) in gone)
        {
            _peers.Remove(uid);
            _inbox.Forget(uid);
            Context.Stop(Context.Child(NameOf(uid)));
            _node.End(association);
        }

        var others = _state.Members.Select(member => member.UniqueAddress)
            .Where(node => node.Uid != _wire.Self.Uid && !_peers.ContainsKey(node.Uid));
        foreach (var peer in others.ToList())
        {
            var association = _node.Meet(peer.Address);
            _peers.Add(peer.Uid, association);
            var sender = Context.ActorOf(
                Props.Create(() => new FrameSender(_wire, association))
                    .WithDispatcher(Dispatch.Dispatchers.InternalDispatcherId),
                NameOf(peer.Uid));
            association.Bind(peer, sender);
        }

        if (_holdsStrangersFrames)
        {
            Read();
        }
    }

    private void Expel()
    {
        _wire.Log.Warning(
            "expelled", "{0} has been removed from the cluster and sends nothing more.", _wire.Self);
        foreach (var association in _peers.Values)
        {
            _wire.ToDeadLetters(association.Refuse());
        }

        _node.Lose();
    }

    private static string NameOf(int uid) => $"to-{uid}";

    internal sealed class Open : IDeadLetterSuppression
    {
        public static readonly Open Instance = new();
    }

    internal sealed class Look : IDeadLetterSuppression
    {
        public static readonly Look Instance = new();
    }

    internal sealed class Expelled : IDeadLetterSuppression
    {
        public static readonly Expelled Instance = new();
    }

    internal sealed record MembersChanged(MembershipState State) : IDeadLetterSuppression;

    /// <summary>Somebody has something to say to an address that the membership does not show.</summary>
    internal sealed record Stranger(Association Association) : IDeadLetterSuppression;

    private sealed record GiveUp(Association Association) : IDeadLetterSuppression;

    private sealed class OpenAgain : IDeadLetterSuppression
    {
        public static readonly OpenAgain Instance = new();
    }

    private sealed class Opened : IDeadLetterSuppression
    {
        public static readonly Opened Instance = new();
    }

    private sealed record NotOpened(Exception Cause) : IDeadLetterSuppression;
}
