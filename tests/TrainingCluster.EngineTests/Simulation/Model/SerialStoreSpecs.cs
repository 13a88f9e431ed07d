using Akka.Cluster;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

public sealed class SerialStoreSpecs
{
    [Fact]
    public async Task What_one_connection_commits_the_other_reads()
    {
        var store = new SerialStore();
        await store.Connect().Membership.Write(async statements =>
        {
            await statements.CreateCluster("test");
            return await statements.InsertMember(Member(1));
        });

        var rows = await store.Connect().Membership.Read(statements => statements.Members());

        Assert.Equal(Member(1), Assert.Single(rows.Members));
    }

    [Fact]
    public async Task A_body_that_throws_leaves_nothing_behind()
    {
        var store = new SerialStore();
        var membership = store.Connect().Membership;
        await Assert.ThrowsAsync<TimeoutException>(() => membership.Write<bool>(async statements =>
        {
            await statements.InsertMember(Member(1));
            throw new TimeoutException();
        }));

        var rows = await membership.Read(statements => statements.Members());

        Assert.Empty(rows.Members);
    }

    [Fact]
    public async Task A_member_that_is_down_cannot_renew_its_lease()
    {
        var membership = new SerialStore().Connect().Membership;
        await membership.Write(statements => statements.InsertMember(Member(1)));

        var isDown = await membership.Write(statements => statements.SetDown(1, lease: 0));
        var isRenewed = await membership.Write(statements => statements.RenewLease(1));

        Assert.True(isDown);
        Assert.False(isRenewed);
    }

    [Fact]
    public void A_wake_up_is_heard_by_those_who_listen_to_its_number()
    {
        var store = new SerialStore();
        var heard = new List<int>();
        using var one = store.Connect().Listen(IWakeUps.Everybody, () => heard.Add(0));
        using var two = store.Connect().Listen(2, () => heard.Add(2));

        store.Connect().Wake(IWakeUps.Everybody);
        store.Connect().Wake(2);

        Assert.Equal([0, 2], heard);
    }

    [Fact]
    public async Task A_node_that_is_cut_off_reaches_nothing_and_the_others_go_on()
    {
        var store = new SerialStore();
        var (cut, other) = (store.Connect(), store.Connect());
        cut.IsCut = true;

        await Assert.ThrowsAsync<SqlStoreException>(
            () => cut.Membership.Write(statements => statements.RenewLease(1)));

        Assert.False(await other.Membership.Write(statements => statements.RenewLease(1)));
    }

    private static MemberRow Member(int uid) =>
        new(uid, $"akka://test@n{uid}:1", "", "1", MemberStatus.Joining, 1, Akka.Cluster.Member.NotYetUp, 0, "h", 1, 1);
}
