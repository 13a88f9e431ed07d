using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// Where nodes agree on who is a member. Each change of state is reported in order to the one listener; what
/// a call leads to may come later.
/// </summary>
internal interface IMembership
{
    /// <summary>Reports from now on every state the membership goes through.</summary>
    void Start(IMembershipListener listener);

    /// <summary>Becomes a member, up as soon as there are enough.</summary>
    /// <param name="self">Gives the node's address, roles and version.</param>
    void Join(Member self);

    /// <summary>Begins the orderly way out.</summary>
    void Leave(Address address);

    /// <summary>The node has handed over everything and may go, or has given up joining.</summary>
    /// <returns>Ends when the others no longer count on it.</returns>
    Task ExitingCompleted(UniqueAddress node);

    /// <summary>Takes a node out, whatever it does.</summary>
    void Down(Address address);
}

/// <summary>Is told what happens, one call at a time; must neither block nor throw.</summary>
internal interface IMembershipListener
{
    void Changed(MembershipState state);

    /// <summary>
    /// This node may from now on run what must be alone in the cluster, or must stop it now.
    /// </summary>
    void RightChanged(bool isHeld);

    /// <summary>The node can never join.</summary>
    void JoinRefused(string why);
}
