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
            case Talk:
                foreach (var (uid, peer) in _peers)
                {
                    var note = new Note(_cluster.SelfUniqueAddress.Uid, uid, ++peer.Sent);
                    witness.Sends(note);
                    peer.Listener.Tell(note, Self);
                }

                break;
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
        witness.Watches(uid);
        Context.WatchWith(listener, new Watched(uid));
    }

    private sealed class Peer(IActorRef listener)
    {
        public IActorRef Listener { get; } = listener;

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
