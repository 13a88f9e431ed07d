using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>Everybody's membership at one moment.</summary>
internal sealed record MembershipState(
    ImmutableSortedSet<Member> Members, ImmutableHashSet<Member> Unreachable)
{
    public static MembershipState Empty { get; } = new([], []);

    public Member? Find(UniqueAddress node) => Members.FirstOrDefault(member => member.UniqueAddress == node);

    /// <summary>Nobody could tell the two apart; what makes them differ is worth an event.</summary>
    public bool LooksLike(MembershipState other) =>
        Members.Select(Visible).SequenceEqual(other.Members.Select(Visible))
        && Unreachable.SetEquals(other.Unreachable);

    public MembershipState With(Member member) => this with { Members = Members.Remove(member).Add(member) };

    public MembershipState Without(Member member) =>
        new(Members.Remove(member), Unreachable.Remove(member));

    /// <summary>The first reachable member by address among those that are up; null where none is.</summary>
    public Address? Leader(string? role = null) =>
        Members.FirstOrDefault(member => member.Status is MemberStatus.Up or MemberStatus.Leaving
            && !Unreachable.Contains(member)
            && (role is null || member.HasRole(role)))?.Address;

    private static (UniqueAddress Node, MemberStatus Status, int UpNumber) Visible(Member member) =>
        (member.UniqueAddress, member.Status, member.UpNumber);

    public ClusterEvent.CurrentClusterState Snapshot() =>
        new(
            Members,
            Unreachable,
            [.. Members.Select(member => member.Address)],
            Leader(),
            Members.SelectMany(member => member.Roles).Distinct().ToImmutableDictionary(
                role => role, Leader));
}
