using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>The events that lead from one state of the membership to the next.</summary>
internal static class MembershipDifference
{
    private static readonly ImmutableArray<MemberStatus> Orderly =
        [MemberStatus.Joining, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Exiting];

    public static IEnumerable<ClusterEvent.IClusterDomainEvent> Events(
        MembershipState before, MembershipState after)
    {
        // The oldest first: who hears of them one by one must not take a younger one for the oldest.
        foreach (var member in after.Members.OrderBy(static member => member.UpNumber))
        {
            foreach (var status in Path(before.Find(member.UniqueAddress)?.Status, member))
            {
                if (Change(member.Copy(status)) is { } change)
                {
                    yield return change;
                }
            }
        }

        foreach (var member in before.Members.Where(member => after.Find(member.UniqueAddress) is null))
        {
            yield return new ClusterEvent.MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);
        }

        foreach (var member in after.Unreachable.Except(before.Unreachable).Order())
        {
            yield return new ClusterEvent.UnreachableMember(member);
        }

        foreach (var member in before.Unreachable.Except(after.Unreachable).Order())
        {
            if (after.Find(member.UniqueAddress) is { } present)
            {
                yield return new ClusterEvent.ReachableMember(present);
            }
        }

        foreach (var change in Leaders(before, after))
        {
            yield return change;
        }
    }

    /// <summary>
    /// The states a member went through between two looks. Who follows ages by events must not miss that a
    /// member was up.
    /// </summary>
    private static IEnumerable<MemberStatus> Path(MemberStatus? before, Member member)
    {
        if (before == member.Status)
        {
            return [];
        }

        var isNewsOfTheGone = before is null && member.Status == MemberStatus.Exiting;
        if (member.UpNumber == Member.NotYetUp || isNewsOfTheGone)
        {
            return [member.Status];
        }

        var from = Orderly.IndexOf(before ?? MemberStatus.Joining);
        var to = Orderly.IndexOf(member.Status);
        return from >= 0 && to > from ? Orderly[(from + 1)..(to + 1)] : [member.Status];
    }

    private static IEnumerable<ClusterEvent.IClusterDomainEvent> Leaders(
        MembershipState before, MembershipState after)
    {
        if (!Equals(before.Leader(), after.Leader()))
        {
            yield return new ClusterEvent.LeaderChanged(after.Leader());
        }

        var roles = before.Members.Concat(after.Members).SelectMany(member =>
            member.Roles).Distinct().Order();
        foreach (var role in roles)
        {
            if (!Equals(before.Leader(role), after.Leader(role)))
            {
                yield return new ClusterEvent.RoleLeaderChanged(role, after.Leader(role));
            }
        }
    }

    private static ClusterEvent.MemberStatusChange? Change(Member member) => member.Status switch
    {
        MemberStatus.Joining => new ClusterEvent.MemberJoined(member),
        MemberStatus.Up => new ClusterEvent.MemberUp(member),
        MemberStatus.Leaving => new ClusterEvent.MemberLeft(member),
        MemberStatus.Exiting => new ClusterEvent.MemberExited(member),
        MemberStatus.Down => new ClusterEvent.MemberDowned(member),
        _ => null,
    };
}
