using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// Where nodes agree on who is a member. Each change of state is reported in order to the one listener; what
/// a call leads to may come later.
/// </summary>
internal interface IMembership
{
    /// <summary>Reports from now on every state the membership goes through.</summary>
    void Start(Action<MembershipState> listener);

    /// <summary>Becomes a member, up as soon as there are enough.</summary>
    void Join(UniqueAddress node, ImmutableHashSet<string> roles);

    /// <summary>Begins the orderly way out.</summary>
    void Leave(Address address);

    /// <summary>The node has handed over everything and may go.</summary>
    void ExitingCompleted(UniqueAddress node);

    /// <summary>Takes a node out, whatever it does.</summary>
    void Down(Address address);
}
