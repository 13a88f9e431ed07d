using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>What a node does that finds its address taken by an earlier incarnation.</summary>
internal enum JoinDecision
{
    /// <summary>Its owner may still be alive; or it is on its way out.</summary>
    Wait,

    /// <summary>Its owner can no longer act.</summary>
    TakeOver,

    /// <summary>Its owner lives and stays.</summary>
    GiveUp,
}

internal static class JoinDecisions
{
    // One change may be the last renewal of a process that has just died.
    private const int RenewalsOfTheLiving = 2;

    /// <param name="first">The holder as it was first found.</param>
    /// <param name="now">The same incarnation now.</param>
    /// <param name="isExpired">Its lease has not changed for a time to live.</param>
    /// <param name="isProcessDead">It ran on this host, and its process is gone.</param>
    public static JoinDecision OnTaken(MemberRow first, MemberRow now, bool isExpired, bool isProcessDead)
    {
        if (isExpired || isProcessDead)
        {
            return JoinDecision.TakeOver;
        }

        var stays = now.Status is MemberStatus.Joining or MemberStatus.Up;
        return stays && now.Lease >= first.Lease + RenewalsOfTheLiving ? JoinDecision.GiveUp : JoinDecision.Wait;
    }
}
