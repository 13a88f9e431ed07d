using System.Collections.Immutable;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Store;

namespace TrainingCluster.EngineTests.Cluster.Membership;

public sealed class LeaderDecisionsSpecs
{
    private static readonly MinimumMembers One = new(1, ImmutableDictionary<string, int>.Empty);

    [Fact]
    public void The_first_joiner_brings_itself_up() =>
        Assert.Equal(["up 1"], Moves(self: 1, [Leases.Row(1, MemberStatus.Joining)]));

    [Fact]
    public void The_leader_brings_all_joiners_up_in_the_order_of_joining() =>
        Assert.Equal(["up 4,7"], Moves(
            self: 5, [Leases.Row(7, MemberStatus.Joining), Leases.Row(5), Leases.Row(4, MemberStatus.Joining)]));

    [Fact]
    public void Who_does_not_lead_does_nothing()
    {
        MemberRow[] rows = [Leases.Row(1), Leases.Row(2), Leases.Row(3, MemberStatus.Joining)];

        Assert.Empty(Moves(self: 2, rows, expired: [3]));
        Assert.Empty(Moves(self: 3, rows));
    }

    [Fact]
    public void The_next_by_address_leads_where_the_first_is_unreachable() =>
        Assert.Equal(["down 1 at 7"], Moves(
            self: 2, [Leases.Row(1), Leases.Row(2), Leases.Row(3)], unreachable: [1], expired: [1]));

    [Fact]
    public void Joiners_lead_only_where_nobody_reachable_is_up()
    {
        MemberRow[] rows = [Leases.Row(1, MemberStatus.Joining), Leases.Row(2), Leases.Row(3, MemberStatus.Joining)];

        Assert.Empty(Moves(self: 1, rows));
        Assert.Equal(["down 2 at 7"], Moves(self: 1, rows, unreachable: [2], expired: [2]));
    }

    [Fact]
    public void A_leader_that_leaves_still_leads() =>
        Assert.Equal(["exit 1"], Moves(self: 1, [Leases.Row(1, MemberStatus.Leaving), Leases.Row(2)]));

    [Fact]
    public void An_unreachable_member_holds_up_coming_and_going_unless_it_is_down_or_exiting()
    {
        MemberRow[] Rows(MemberStatus lost) =>
        [
            Leases.Row(1),
            Leases.Row(2, MemberStatus.Leaving),
            Leases.Row(3, MemberStatus.Joining),
            Leases.Row(4, lost),
        ];

        Assert.Empty(Moves(self: 1, Rows(MemberStatus.Up), unreachable: [4]));
        Assert.Empty(Moves(self: 1, Rows(MemberStatus.Leaving), unreachable: [4]));
        Assert.Equal(["exit 2", "up 3"], Moves(self: 1, Rows(MemberStatus.Down), unreachable: [4]));
        Assert.Equal(["exit 2", "up 3"], Moves(self: 1, Rows(MemberStatus.Exiting), unreachable: [4]));
    }

    [Fact]
    public void Who_is_down_is_removed_only_once_its_lease_has_expired()
    {
        MemberRow[] rows = [Leases.Row(1), Leases.Row(2, MemberStatus.Down)];

        Assert.Empty(Moves(self: 1, rows, unreachable: [2]));
        Assert.Equal(["remove 2"], Moves(self: 1, rows, unreachable: [2], expired: [2]));
    }

    [Fact]
    public void An_exiting_member_goes_by_itself_unless_it_is_lost_on_the_way()
    {
        MemberRow[] rows = [Leases.Row(1), Leases.Row(2, MemberStatus.Exiting)];

        Assert.Empty(Moves(self: 1, rows));
        Assert.Equal(["down 2 at 7"], Moves(self: 1, rows, unreachable: [2], expired: [2]));
    }

    [Fact]
    public void Too_few_members_stay_joining_and_those_that_go_do_not_count()
    {
        var three = One with { Total = 3 };
        MemberRow[] rows = [Leases.Row(1, MemberStatus.Joining), Leases.Row(2, MemberStatus.Joining)];

        Assert.Empty(Moves(self: 1, rows, minimum: three));
        Assert.Empty(Moves(self: 1, [.. rows, Leases.Row(3, MemberStatus.Exiting)], minimum: three));
        Assert.Equal(
            ["up 1,2,3"], Moves(self: 1, [.. rows, Leases.Row(3, MemberStatus.Joining)], minimum: three));
    }

    [Fact]
    public void Roles_have_minimums_of_their_own()
    {
        var twoWorkers = One with { ByRole = ImmutableDictionary<string, int>.Empty.Add("worker", 2) };
        MemberRow[] rows =
            [Leases.Row(1, MemberStatus.Joining, "worker"), Leases.Row(2, MemberStatus.Joining, "other")];

        Assert.Empty(Moves(self: 1, rows, minimum: twoWorkers));
        Assert.Equal(["up 1,2,3"], Moves(
            self: 1, [.. rows, Leases.Row(3, MemberStatus.Joining, "a,worker")], minimum: twoWorkers));
    }

    [Theory]
    [InlineData(MemberStatus.Up, 0, false, false, "Wait")]
    [InlineData(MemberStatus.Up, 1, false, false, "Wait")]
    [InlineData(MemberStatus.Up, 2, false, false, "GiveUp")]
    [InlineData(MemberStatus.Joining, 2, false, false, "GiveUp")]
    [InlineData(MemberStatus.Leaving, 9, false, false, "Wait")]
    [InlineData(MemberStatus.Exiting, 9, false, false, "Wait")]
    [InlineData(MemberStatus.Down, 0, false, false, "Wait")]
    [InlineData(MemberStatus.Up, 0, true, false, "TakeOver")]
    [InlineData(MemberStatus.Up, 0, false, true, "TakeOver")]
    [InlineData(MemberStatus.Down, 0, true, false, "TakeOver")]
    public void A_joiner_whose_address_is_taken_waits_until_it_knows_who_lives(
        MemberStatus status, int renewals, bool isExpired, bool isDead, string expected)
    {
        var first = Leases.Row(1, status);
        var now = first with { Lease = first.Lease + renewals };

        Assert.Equal(expected, JoinDecisions.OnTaken(first, now, isExpired, isDead).ToString());
    }

    private static string[] Moves(
        int self, MemberRow[] rows, int[]? unreachable = null, int[]? expired = null, MinimumMembers? minimum = null)
    {
        var seen = new Observation([.. unreachable ?? []], [.. expired ?? []]);
        var state = MemberRows.State(rows, seen, Assert.Fail);
        var moves = LeaderDecisions.Decide(new MembershipRows(9, rows), seen, state, self, minimum ?? One);
        return [.. moves.Select(static move => move switch
        {
            LeaderMove.BringUp up => $"up {string.Join(',', up.Uids)}",
            LeaderMove.LetGo go => $"exit {go.Uid}",
            LeaderMove.TakeDown down => $"down {down.Uid} at {down.Lease}",
            LeaderMove.Remove remove => $"remove {remove.Uid}",
            _ => move.ToString(),
        })];
    }
}
