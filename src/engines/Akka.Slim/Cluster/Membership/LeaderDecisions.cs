using System.Collections.Immutable;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>
/// Who leads, and what the leader does next. Two nodes may both believe that they lead: every move is a
/// compare-and-set that the other's makes void.
/// </summary>
internal static class LeaderDecisions
{
    /// <summary>None where this node does not lead by its own view.</summary>
    public static ImmutableArray<LeaderMove> Decide(
        MembershipRows rows, Observation seen, MembershipState state, int self, MinimumMembers minimum)
    {
        if (Leader(state)?.UniqueAddress.Uid != self)
        {
            return [];
        }

        var moves = ImmutableArray.CreateBuilder<LeaderMove>();
        foreach (var member in rows.Members.Where(member => seen.Expired.Contains(member.Uid)))
        {
            moves.Add(member.Status == MemberStatus.Down
                ? new LeaderMove.Remove(member.Uid)
                : new LeaderMove.TakeDown(member.Uid, member.Lease));
        }

        if (!rows.Members.Any(member => Blocks(member, seen)))
        {
            AddOrderlyMoves(rows, minimum, moves);
        }

        return moves.ToImmutable();
    }

    /// <summary>
    /// The first by address among the reachable that are up, among those that join where none is up.
    /// </summary>
    private static Member? Leader(MembershipState state) =>
        First(state, static status => status is MemberStatus.Up or MemberStatus.Leaving)
        ?? First(state, static status => status is MemberStatus.Joining);

    private static Member? First(MembershipState state, Predicate<MemberStatus> fits) =>
        state.Members.FirstOrDefault(member => fits(member.Status) && !state.Unreachable.Contains(member));

    /// <summary>As long as somebody's whereabouts are unknown, nobody comes up or goes.</summary>
    private static bool Blocks(MemberRow member, Observation seen) =>
        seen.Unreachable.Contains(member.Uid)
        && member.Status is not (MemberStatus.Down or MemberStatus.Exiting);

    private static void AddOrderlyMoves(
        MembershipRows rows, MinimumMembers minimum, ImmutableArray<LeaderMove>.Builder moves)
    {
        moves.AddRange(rows.Members.Where(static member => member.Status == MemberStatus.Leaving)
            .OrderBy(static member => member.JoinEpoch)
            .Select(static member => new LeaderMove.LetGo(member.Uid)));
        var joining = rows.Members.Where(static member => member.Status == MemberStatus.Joining)
            .OrderBy(static member => member.JoinEpoch)
            .Select(static member => member.Uid)
            .ToImmutableArray();
        if (joining.Length > 0 && minimum.IsReachedBy(rows.Members))
        {
            moves.Add(new LeaderMove.BringUp(joining));
        }
    }
}
