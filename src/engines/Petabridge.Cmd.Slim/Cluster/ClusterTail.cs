using Akka.Actor;
using Akka.Cluster;

namespace Petabridge.Cmd.Cluster;

/// <summary>Streams changes of the cluster to one client, and stops with it.</summary>
internal sealed class ClusterTail : ReceiveActor
{
    private readonly IActorRef _client;
    private readonly Akka.Cluster.Cluster _cluster;

    public ClusterTail(IActorRef client, Akka.Cluster.Cluster cluster)
    {
        _client = client;
        _cluster = cluster;
        Receive<ClusterEvent.IMemberEvent>(change => Tell(change, change.Member));
        Receive<ClusterEvent.IReachabilityEvent>(change => Tell(change, change.Member));
        Receive<ClusterEvent.CurrentClusterState>(_ => { });
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    protected override void PreStart()
    {
        Context.Watch(_client);
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Tell(object change, Member member) => _client.Tell(new CommandResponse(
        $"{change.GetType().Name}: {MemberLine.Of(member, _cluster.State)}", final: false));
}
