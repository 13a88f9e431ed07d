using Akka.Actor;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>A cluster whose members are rows of a store that all nodes reach.</summary>
internal sealed class StoreMembership(ExtendedActorSystem system, StoreNode node) : IMembership
{
    private readonly IActorRef _actor = system.SystemActorOf(
        Props.Create(() => new MembershipActor(node)).WithDispatcher(Dispatch.Dispatchers.InternalDispatcherId),
        "cluster-membership");

    public void Start(IMembershipListener listener) => Tell(new MembershipActor.ListenTo(listener));

    public void Join(Member self) => Tell(new MembershipActor.JoinRequest(new MemberRow(
        self.UniqueAddress.Uid,
        self.Address.ToString(),
        RoleText.Join(self.Roles),
        self.AppVersion.Version,
        MemberStatus.Joining,
        JoinEpoch: 0,
        Member.NotYetUp,
        Lease: 0,
        node.Processes.Self.Host,
        node.Processes.Self.Id,
        node.Processes.Self.Started)));

    public void Leave(Address address) => Tell(new MembershipActor.ChangeRequest(address, IsDown: false));

    public Task ExitingCompleted(UniqueAddress node)
    {
        var gone = new TaskCompletionSource(((ActorSystemImpl)system).Completions);
        Tell(new MembershipActor.CompleteExit(gone));
        return gone.Task;
    }

    public void Down(Address address) => Tell(new MembershipActor.ChangeRequest(address, IsDown: true));

    private void Tell(object message) => _actor.Tell(message, ActorRefs.NoSender);
}
