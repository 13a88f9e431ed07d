using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.PublishSubscribe;
using TrainingCluster.EngineTests.Simulation.World;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>Sends numbered notes to the listener of every other node, and watches it.</summary>
internal sealed class Talker(Witness witness) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ClusterNode _cluster = ClusterNode.Get(Context.System);
    private readonly SortedDictionary<int, Peer> _peers = [];

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer("talk", Talk.Instance, Interval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up when up.Member.UniqueAddress != _cluster.SelfUniqueAddress:
                Add(up.Member);
                break;
            case ClusterEvent.MemberRemoved removed:
                _peers.Remove(removed.Member.UniqueAddress.Uid);
                break;
            case Watched { Uid: var uid }:
                witness.SawEnd(uid);
                break;
            case ActorIdentity { MessageId: int uid, Subject: { } listener }
                when !listener.IsNobody() && _peers.TryGetValue(uid, out var peer):
                Watch(uid, peer, listener);
                break;
            case Talk:
                foreach (var (uid, peer) in _peers)
                {
                    Tell(uid, peer);
                }

                break;
        }
    }

    private void Tell(int uid, Peer peer)
    {
        if (peer.Listener is null)
        {
            peer.Path.Tell(new Identify(uid), Self);
            return;
        }

        var note = new Note(_cluster.SelfUniqueAddress.Uid, uid, ++peer.Sent);
        witness.Sends(note);
        peer.Listener.Tell(note, Self);
    }

    private void Watch(int uid, Peer peer, IActorRef listener)
    {
        if (peer.Listener is null)
        {
            peer.Listener = listener;
            witness.Watches(uid);
            Context.WatchWith(listener, new Watched(uid));
        }
    }

    private void Add(Member member)
    {
        var uid = member.UniqueAddress.Uid;
        if (_peers.ContainsKey(uid))
        {
            return;
        }

        var path = new RootActorPath(member.Address) / "user" / "listener";
        var listener = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path.ToString()!);
        _peers.Add(uid, new Peer(listener));
    }

    private sealed class Peer(IActorRef path)
    {
        /// <summary>Whoever has the address; the incarnation's own reference is asked for there.</summary>
        public IActorRef Path { get; } = path;

        public IActorRef? Listener { get; set; }

        public long Sent { get; set; }
    }

    private sealed record Watched(int Uid);

    private sealed class Talk
    {
        public static Talk Instance { get; } = new();
    }
}

/// <summary>Hears notes and tidings.</summary>
internal sealed class Listener(Witness witness, IActorRef mediator) : UntypedActor
{
    public const string Topic = "tidings";

    protected override void PreStart() => mediator.Tell(new Subscribe(Topic, Self), Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Note note:
                witness.Hears(note);
                break;
            case Tidings tidings:
                witness.Hears(tidings);
                break;
        }
    }
}
