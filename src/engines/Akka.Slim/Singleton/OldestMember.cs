using System.Collections.Immutable;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Follows the members of a role by age, from coming up until they are gone; the oldest that is not on its
/// way out runs the singleton.
/// </summary>
internal sealed class OldestMember(string? role)
{
    private ImmutableSortedSet<Member> _byAge = ImmutableSortedSet.Create(Member.AgeOrdering);

    /// <summary>Whose turn it is; null where nobody is up.</summary>
    public Member? Current =>
        _byAge.FirstOrDefault(member => member.Status is MemberStatus.Up or MemberStatus.Leaving);

    /// <summary>All that ever came up and are not gone, the oldest first.</summary>
    public ImmutableSortedSet<Member> Present => _byAge;

    public void Reset(ClusterEvent.CurrentClusterState state) =>
        _byAge = state.Members.Where(Counts).ToImmutableSortedSet(Member.AgeOrdering);

    /// <summary>True where the change concerns this role.</summary>
    public bool Apply(ClusterEvent.IMemberEvent change)
    {
        var known = Find(change.Member.UniqueAddress);
        if (known is not null)
        {
            _byAge = _byAge.Remove(known);
        }

        if (change is not ClusterEvent.MemberRemoved && Counts(change.Member))
        {
            _byAge = _byAge.Add(change.Member);
            return true;
        }

        return known is not null;
    }

    public Member? Find(UniqueAddress node) =>
        _byAge.FirstOrDefault(member => member.UniqueAddress == node);

    /// <summary>
    /// Those that may run the singleton still, whatever their status: older than the node and present.
    /// </summary>
    public ImmutableArray<Member> OlderThan(UniqueAddress node) =>
        Find(node) is { } self ? [.. _byAge.TakeWhile(member => member.IsOlderThan(self))] : [];

    private bool Counts(Member member) =>
        member.UpNumber != Member.NotYetUp && (role is null || member.HasRole(role));
}
