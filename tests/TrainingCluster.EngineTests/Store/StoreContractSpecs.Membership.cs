using Akka.Cluster;
using Akka.Store;

namespace TrainingCluster.EngineTests.Store;

public abstract partial class StoreContractSpecs
{
    [Fact]
    public async Task A_cluster_is_made_once_and_keeps_its_first_name()
    {
        Assert.Null(await _one.Membership.Write(store => store.LockCluster()));

        await InParallel(10, (stores, i) => Create(stores, $"name{i}"));
        var name = (await _one.Membership.Write(store => store.LockCluster()))!.Name;
        await Create(_two, "later");

        Assert.StartsWith("name", name);
        Assert.Equal(new ClusterRow(name, 0), await _two.Membership.Write(store => store.LockCluster()));
    }

    [Fact]
    public async Task Epochs_are_given_out_once_each_by_whichever_node()
    {
        await Create(_one);

        var epochs = await InParallel(40, (stores, _) => stores.Membership.Write(store => store.NextEpoch()));

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), epochs.Order());
        Assert.Equal(40, (await Members()).Epoch);
    }

    [Fact]
    public async Task Epochs_follow_the_order_of_commits()
    {
        await Create(_one);

        // The epoch is read back by the same transaction that gave it out: nobody else's may lie in between.
        var results = await InParallel(40, (stores, _) => stores.Membership.Write(async store =>
        {
            var mine = await store.NextEpoch();
            return (mine, (await store.Members()).Epoch);
        }));

        Assert.All(results, result => Assert.Equal(result.mine, result.Epoch));
    }

    [Fact]
    public async Task A_member_comes_back_as_it_was_written()
    {
        await Create(_one);
        var member = NewMember(-7) with { Lease = 1L << 50, Roles = "", Address = "akka://c@[::1]:4" };

        Assert.True(await _one.Membership.Write(store => store.InsertMember(member)));

        Assert.Equal([member], (await Members()).Members);
    }

    [Fact]
    public async Task A_uid_is_taken_once()
    {
        await Create(_one);

        var inserted = await InParallel(20, (stores, i) =>
            stores.Membership.Write(store => store.InsertMember(NewMember(5, $"akka://c@a:{i}"))));

        Assert.Single(inserted, true);
        Assert.Single((await Members()).Members);
    }

    [Fact]
    public async Task Of_two_joiners_of_one_address_the_second_sees_the_first()
    {
        await Create(_one);

        var joined = await InParallel(20, (stores, i) => stores.Membership.Write(async store =>
        {
            await store.LockCluster();
            return (await store.Members()).Members.Count == 0
                && await store.InsertMember(NewMember(i + 1));
        }));

        Assert.Single(joined, true);
        Assert.Single((await Members()).Members);
    }

    [Fact]
    public async Task A_renewal_raises_the_lease_and_tells_who_is_down_or_gone()
    {
        await Join(1);

        Assert.True(await Renew(_one, 1));
        Assert.True(await Renew(_two, 1));
        Assert.Equal(3, (await Find(1))!.Lease);
        Assert.True(await _two.Membership.Write(store => store.SetDown(1, 3)));
        Assert.False(await Renew(_one, 1));
        Assert.Equal(3, (await Find(1))!.Lease);
        Assert.True(await _two.Membership.Write(store => store.DeleteMember(1)));
        Assert.False(await Renew(_one, 1));
        Assert.False(await _two.Membership.Write(store => store.DeleteMember(1)));
    }

    [Fact]
    public async Task Nobody_is_buried_whose_lease_was_renewed_meanwhile()
    {
        await Join(1);
        Assert.True(await Renew(_one, 1));

        Assert.False(await _two.Membership.Write(store => store.SetDown(1, 1)));

        Assert.Equal(MemberStatus.Joining, (await Find(1))!.Status);
    }

    [Fact]
    public async Task Of_a_renewal_and_a_burial_at_once_exactly_one_wins()
    {
        await Create(_one);
        for (var uid = 1; uid <= 20; uid++)
        {
            var member = NewMember(uid);
            await _one.Membership.Write(store => store.InsertMember(member));

            var results = await Task.WhenAll(
                Renew(_one, uid), _two.Membership.Write(store => store.SetDown(member.Uid, 1)));

            Assert.NotEqual(results[0], results[1]);
        }
    }

    [Fact]
    public async Task A_status_changes_only_from_what_it_is_thought_to_be()
    {
        await Join(1);

        var moved = await InParallel(10, (stores, i) => stores.Membership.Write(store =>
            store.SetStatus(1, MemberStatus.Joining, MemberStatus.Up, i + 1)));

        Assert.Single(moved, true);
        var up = (await Find(1))!;
        Assert.Equal(MemberStatus.Up, up.Status);
        Assert.Equal(Array.IndexOf(moved, true) + 1, up.UpNumber);
        Assert.True(await _two.Membership.Write(store =>
            store.SetStatus(1, MemberStatus.Up, MemberStatus.Leaving, null)));
        Assert.Equal(up with { Status = MemberStatus.Leaving }, await Find(1));
        Assert.False(await _two.Membership.Write(store =>
            store.SetStatus(2, MemberStatus.Up, MemberStatus.Leaving, null)));
    }

    [Fact]
    public async Task A_transaction_that_throws_changes_nothing()
    {
        await Join(1);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => _one.Membership.Write<int>(
            async store =>
            {
                await store.RenewLease(1);
                await store.NextEpoch();
                throw new InvalidDataException("no");
            }));

        Assert.Equal("no", failure.Message);
        Assert.Equal((1, 0), ((await Find(1))!.Lease, (await Members()).Epoch));
    }

    [Fact]
    public async Task An_epoch_needs_a_cluster() =>
        await Assert.ThrowsAnyAsync<Exception>(() => _one.Membership.Write(store => store.NextEpoch()));

    [Fact]
    public async Task Of_two_coordinators_of_a_shard_type_the_later_has_the_higher_epoch()
    {
        await Create(_one);
        Assert.Equal(0, await _one.Membership.Write(store => store.LockShardType("t")));

        var raised = await InParallel(10, (stores, _) => stores.Membership.Write(async store =>
        {
            var before = await store.LockShardType("t");
            var epoch = await store.NextEpoch();
            await store.PutShardType("t", epoch);
            return (before, epoch);
        }));

        Assert.All(raised, pair => Assert.True(pair.before < pair.epoch));
        Assert.Equal(10, raised.Select(pair => pair.before).Distinct().Count());
        Assert.Equal(
            raised.Max(pair => pair.epoch), await _two.Membership.Write(store => store.LockShardType("t")));
        Assert.Equal(0, await _two.Membership.Write(store => store.LockShardType("other")));
    }

    [Fact]
    public async Task Homes_of_shards_are_kept_by_type()
    {
        await Create(_one);
        var home = new ShardHomeRow("7", 1, "akka://c@a:1/system/sharding/t");
        await Put(_one, "t", new ShardHomeRow("7", 2, "old"));
        await Put(_two, "t", home);
        await Put(_one, "t", home with { ShardId = "8" });
        await Put(_one, "other", home);

        Assert.True(await _one.Membership.Write(store => store.DeleteShardHome("t", "8")));
        Assert.False(await _two.Membership.Write(store => store.DeleteShardHome("t", "8")));

        Assert.Equal([home], await _two.Membership.Read(store => store.ShardHomes("t")));
        Assert.Equal([home], await _one.Membership.Read(store => store.ShardHomes("other")));
        Assert.Empty(await _one.Membership.Read(store => store.ShardHomes("none")));
    }

    private static Task<bool> Create(IStores stores, string name = "c") => stores.Membership.Write(async store =>
    {
        await store.CreateCluster(name);
        return true;
    });

    private static Task<bool> Renew(IStores stores, int uid) =>
        stores.Membership.Write(store => store.RenewLease(uid));

    private static Task<bool> Put(IStores stores, string type, ShardHomeRow home) =>
        stores.Membership.Write(async store =>
        {
            await store.PutShardHome(type, home);
            return true;
        });

    private async Task Join(int uid)
    {
        await Create(_one);
        Assert.True(await _one.Membership.Write(store => store.InsertMember(NewMember(uid))));
    }

    private Task<MembershipRows> Members() => _two.Membership.Read(store => store.Members());

    private async Task<MemberRow?> Find(int uid) =>
        (await Members()).Members.SingleOrDefault(member => member.Uid == uid);
}
