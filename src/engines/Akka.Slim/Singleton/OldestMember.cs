using System.Collections.Immutable;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Follows which member is the oldest of a role; that node runs the singleton.</summary>
internal sealed class OldestMember(string? role)
{
    private ImmutableSortedSet<Member> _byAge = [];

    public Member? Current => _byAge.FirstOrDefault();

    public void Reset(ClusterEvent.CurrentClusterState state) =>
        _byAge = state.Members.Where(
            member => member.Status is MemberStatus.Up or MemberStatus.Leaving && Fits(member))
            .ToImmutableSortedSet(Member.AgeOrdering);

    /// <summary>True where the change may have made another member the oldest.</summary>
    public bool Apply(ClusterEvent.IMemberEvent change)
    {
        if (!Fits(change.Member))
        {
            return false;
        }

        switch (change)
        {
            case ClusterEvent.MemberUp:
                _byAge = _byAge.Add(change.Member);
                return true;
            case ClusterEvent.MemberExited or ClusterEvent.MemberDowned or ClusterEvent.MemberRemoved:
                _byAge = _byAge.Except(_byAge.Where(member => member.Equals(change.Member)));
                return true;
            default:
                return false;
        }
    }

    private bool Fits(Member member) => role is null || member.HasRole(role);
}
