using Akka.Actor;
using Akka.Cluster;
using TrainingCluster.EngineNode.Log;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineNode.Actors;

/// <summary>
/// Logs the membership as it changes, and watches the actor of the same name on each other node.
/// </summary>
internal sealed class PeerWatch : ReceiveActor, IWithTimers
{
    public const string Name = "peer";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly ClusterNode _cluster = ClusterNode.Get(Context.System);
    private readonly IncarnationLog _log;
    private readonly HashSet<UniqueAddress> _wanted = [];
    private readonly Dictionary<IActorRef, UniqueAddress> _watched = [];

    public PeerWatch(IncarnationLog log)
    {
        _log = log;
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members.Where(member => member.Status == MemberStatus.Up))
            {
                Want(member);
            }

            LogMembers();
        });
        Receive<ClusterEvent.IClusterDomainEvent>(Follow);
        Receive<ActorIdentity>(Watch);
        Receive<Terminated>(Lose);
        Receive<Retry>(_ => AskAll());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer("retry", new Retry(), RetryInterval);
    }

    private void Follow(ClusterEvent.IClusterDomainEvent change)
    {
        switch (change)
        {
            case ClusterEvent.MemberUp up:
                Want(up.Member);
                break;
            case ClusterEvent.MemberRemoved removed:
                _wanted.Remove(removed.Member.UniqueAddress);
                break;
        }

        LogMembers();
    }

    private void Want(Member member)
    {
        if (!member.UniqueAddress.Equals(_cluster.SelfUniqueAddress) && _wanted.Add(member.UniqueAddress))
        {
            Ask(member.UniqueAddress);
        }
    }

    private void AskAll()
    {
        foreach (var node in _wanted)
        {
            Ask(node);
        }
    }

    private void Ask(UniqueAddress node) =>
        Context.ActorSelection(new RootActorPath(node.Address) / "user" / Name)
            .Tell(new Identify(node.ToString()), Self);

    private void Watch(ActorIdentity identity)
    {
        var node = _wanted.FirstOrDefault(node => Equals(node.ToString(), identity.MessageId));
        if (identity.Subject is not { } peer || node is null)
        {
            return;
        }

        _wanted.Remove(node);
        _watched[peer] = node;
        Context.Watch(peer);
        _log.Write(new LogEntry { Kind = LogKind.Watched, Text = TextOf(node) });
    }

    private void Lose(Terminated terminated)
    {
        if (_watched.Remove(terminated.ActorRef, out var node))
        {
            _log.Write(new LogEntry { Kind = LogKind.Lost, Text = TextOf(node) });
        }
    }

    private void LogMembers()
    {
        var state = _cluster.State;
        _log.Write(new LogEntry
        {
            Kind = LogKind.Members,
            Members =
            [
                .. state.Members.Select(member => new SeenMember(
                    $"{member.Address.Host}:{member.Address.Port}",
                    member.UniqueAddress.Uid,
                    member.Status.ToString(),
                    !state.Unreachable.Contains(member))),
            ],
        });
    }

    private static string TextOf(UniqueAddress node) =>
        $"{node.Address.Host}:{node.Address.Port}#{node.Uid}";

    private sealed record Retry;
}
