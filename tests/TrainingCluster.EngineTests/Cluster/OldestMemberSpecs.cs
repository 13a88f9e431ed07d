using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Util;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class OldestMemberSpecs
{
    private readonly OldestMember _oldest = new("worker");

    [Theory]
    [InlineData(MemberStatus.Up, 1)]
    [InlineData(MemberStatus.Leaving, 1)]
    [InlineData(MemberStatus.Exiting, 2)]
    [InlineData(MemberStatus.Down, 2)]
    public void It_is_the_turn_of_the_oldest_that_is_not_on_its_way_out(MemberStatus oldest, int turn)
    {
        Reset(Member(1, oldest), Member(2, MemberStatus.Up), Member(3, MemberStatus.Up));

        Assert.Equal(turn, _oldest.Current!.UniqueAddress.Uid);
    }

    [Theory]
    [InlineData(MemberStatus.Up)]
    [InlineData(MemberStatus.Leaving)]
    [InlineData(MemberStatus.Exiting)]
    [InlineData(MemberStatus.Down)]
    public void An_older_member_counts_until_it_is_gone_whatever_its_status(MemberStatus status)
    {
        var self = Member(2, MemberStatus.Up);
        Reset(Member(1, status), self, Member(3, MemberStatus.Up));
        Assert.Equal([1], Uids(_oldest.OlderThan(self.UniqueAddress)));

        _oldest.Apply(new ClusterEvent.MemberRemoved(Member(1, MemberStatus.Removed), status));

        Assert.Empty(_oldest.OlderThan(self.UniqueAddress));
        Assert.Equal(2, _oldest.Current!.UniqueAddress.Uid);
    }

    [Fact]
    public void Who_was_never_up_and_who_lacks_the_role_do_not_count()
    {
        Reset(
            Member(1, MemberStatus.Up, role: "other"),
            Member(2, MemberStatus.Joining, upNumber: Akka.Cluster.Member.NotYetUp),
            Member(3, MemberStatus.Down, upNumber: Akka.Cluster.Member.NotYetUp),
            Member(4, MemberStatus.Up));

        Assert.Equal([4], Uids(_oldest.Present));
        Assert.False(_oldest.Apply(new ClusterEvent.MemberLeft(Member(1, MemberStatus.Leaving, role: "other"))));
    }

    [Fact]
    public void Age_is_the_order_of_coming_up_and_a_change_of_status_keeps_it()
    {
        Reset(Member(1, MemberStatus.Up, upNumber: 20), Member(2, MemberStatus.Up, upNumber: 10));

        Assert.True(_oldest.Apply(new ClusterEvent.MemberUp(Member(3, MemberStatus.Up, upNumber: 30))));
        Assert.True(_oldest.Apply(new ClusterEvent.MemberExited(
            Member(2, MemberStatus.Exiting, upNumber: 10))));

        Assert.Equal([2, 1, 3], Uids(_oldest.Present));
        Assert.Equal(1, _oldest.Current!.UniqueAddress.Uid);
    }

    private static IEnumerable<int> Uids(IEnumerable<Member> members) =>
        members.Select(member => member.UniqueAddress.Uid);

    private static Member Member(int uid, MemberStatus status, int? upNumber = null, string role = "worker") =>
        new(
            new UniqueAddress(new Address("akka.tcp", "nodes", "host", uid), uid),
            upNumber ?? uid,
            status,
            [role],
            AppVersion.Create("1.0"));

    private void Reset(params Member[] members) => _oldest.Reset(
        new ClusterEvent.CurrentClusterState(
            members.ToImmutableSortedSet(), [], [], null, ImmutableDictionary<string, Address?>.Empty));
}
