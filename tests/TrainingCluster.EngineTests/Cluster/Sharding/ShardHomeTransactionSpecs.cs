using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Model;

namespace TrainingCluster.EngineTests.Cluster.Sharding;

public sealed class ShardHomeTransactionSpecs
{
    private const string Type = "telling";

    private readonly SerialStores _store = new SerialStore().Connect();
    private readonly StoredShardHomes _homes;

    public ShardHomeTransactionSpecs() => _homes = new StoredShardHomes(_store.Membership);

    [Fact]
    public async Task A_new_coordinator_finds_the_homes_of_members_only()
    {
        await Join(1, 2);
        var first = await _homes.Begin(Type);
        await _homes.Change(Type, first.Epoch, [Give("x", 1), Give("y", 2), Give("z", 3)]);
        await _homes.Change("other", (await _homes.Begin("other")).Epoch, [Give("x", 2)]);
        await _store.Membership.Write(store => store.DeleteMember(2));

        var second = await _homes.Begin(Type);

        Assert.True(second.Epoch > first.Epoch);
        Assert.Equal([new ShardHomeRow("x", 1, "path-1")], second.Homes);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task After_a_newer_epoch_has_begun_the_older_changes_nothing()
    {
        await Join(1);
        var older = await _homes.Begin(Type);
        var newer = await _homes.Begin(Type);

        Assert.True((await _homes.Change(Type, older.Epoch, [Give("x", 1)])).IsFenced);
        Assert.Equal(0, await Count());
        Assert.False((await _homes.Change(Type, newer.Epoch, [Give("x", 1)])).IsFenced);
        Assert.True((await _homes.Change(Type, older.Epoch, [Release("x", 1)])).IsFenced);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task A_shard_whose_end_nobody_confirmed_is_free_only_when_its_node_is_gone()
    {
        await Join(1);
        var epoch = (await _homes.Begin(Type)).Epoch;
        await _homes.Change(Type, epoch, [Give("x", 1)]);

        var refused = await _homes.Change(Type, epoch, [Release("x", 1, onlyIfGone: true)]);
        Assert.Equal(["x"], refused.Refused);
        Assert.Equal(1, await Count());
        await _store.Membership.Write(store => store.DeleteMember(1));
        var released = await _homes.Change(Type, epoch, [Release("x", 1, onlyIfGone: true)]);

        Assert.Empty(released.Refused);
        Assert.Equal(0, await Count());
    }

    [Fact]
    public async Task A_repeated_change_changes_nothing_more()
    {
        await Join(1);
        var epoch = (await _homes.Begin(Type)).Epoch;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(HomesChanged.Done, await _homes.Change(Type, epoch, [Give("x", 1), Release("y", 1)]));
        }

        Assert.Equal(1, await Count());
    }

    private static HomeChange.Give Give(string shardId, int uid) =>
        new(shardId, ActorRefs.Nobody, uid, $"path-{uid}");

    private static HomeChange.Release Release(string shardId, int uid, bool onlyIfGone = false) =>
        new(shardId, ActorRefs.Nobody, uid, onlyIfGone);

    private async Task<int> Count() => (await _store.Membership.Read(store => store.ShardHomes(Type))).Count;

    private async Task Join(params int[] uids)
    {
        await _store.Membership.Write(async store =>
        {
            await store.CreateCluster("nodes");
            foreach (var uid in uids)
            {
                await store.InsertMember(new MemberRow(
                    uid, $"akka.tcp://nodes@host:{uid}", "", "1.0", MemberStatus.Up, uid, uid, 1, "host", uid, 1));
            }

            return true;
        });
    }
}
