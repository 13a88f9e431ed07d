namespace Akka.Cluster.Membership;

/// <summary>The events that lead from one state of the membership to the next.</summary>
internal static class MembershipDifference
{
    public static IEnumerable<ClusterEvent.IClusterDomainEvent> Events(
        MembershipState before, MembershipState after)
    {
        foreach (var member in after.Members)
        {
            if (before.Find(member.UniqueAddress)?.Status != member.Status && Change(member) is { } change)
            {
                yield return change;
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
