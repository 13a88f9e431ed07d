using Akka.Cluster;
using Akka.Cluster.Membership;

namespace TrainingCluster.EngineTests.Cluster.Membership;

public sealed class MembershipDifferenceSpecs
{
    [Theory]
    [InlineData(null, MemberStatus.Joining, "MemberJoined")]
    [InlineData(null, MemberStatus.Up, "MemberUp")]
    [InlineData(null, MemberStatus.Leaving, "MemberUp MemberLeft")]
    [InlineData(null, MemberStatus.Exiting, "MemberExited")]
    [InlineData(null, MemberStatus.Down, "MemberDowned")]
    [InlineData(MemberStatus.Joining, MemberStatus.Up, "MemberUp")]
    [InlineData(MemberStatus.Joining, MemberStatus.Leaving, "MemberUp MemberLeft")]
    [InlineData(MemberStatus.Joining, MemberStatus.Exiting, "MemberUp MemberLeft MemberExited")]
    [InlineData(MemberStatus.Up, MemberStatus.Exiting, "MemberLeft MemberExited")]
    [InlineData(MemberStatus.Up, MemberStatus.Down, "MemberDowned")]
    [InlineData(MemberStatus.Up, MemberStatus.Up, "")]
    [InlineData(MemberStatus.Exiting, null, "MemberRemoved")]
    public void States_that_passed_between_two_looks_are_told_in_order(
        MemberStatus? before, MemberStatus? after, string expected)
    {
        var events = MembershipDifference.Events(State(before), State(after))
            .OfType<ClusterEvent.IMemberEvent>().Select(static change => change.GetType().Name);

        Assert.Equal(expected, string.Join(' ', events));
    }

    [Fact]
    public void A_member_that_leaves_before_it_was_up_was_never_up()
    {
        var leaving = Leases.Row(1, MemberStatus.Joining) with { Status = MemberStatus.Leaving };
        var after = MemberRows.State([leaving], Observation.Nothing, Assert.Fail);

        var events = MembershipDifference.Events(State(MemberStatus.Joining), after)
            .OfType<ClusterEvent.IMemberEvent>();

        Assert.IsType<ClusterEvent.MemberLeft>(Assert.Single(events));
    }

    private static MembershipState State(MemberStatus? status) => status is { } present
        ? MemberRows.State([Leases.Row(1, present)], Observation.Nothing, Assert.Fail)
        : MembershipState.Empty;
}
