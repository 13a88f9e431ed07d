using Akka.Cluster;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Members and shard homes in a model of a database.</summary>
internal sealed class ModelMembership(ModelTables tables, ModelTransaction transaction) : IMembershipStatements
{
    private const int Only = 0;

    public async ValueTask CreateCluster(string name) =>
        await transaction.Run(nameof(CreateCluster), async () =>
        {
            await tables.Cluster.Insert(transaction, ModelTables.Whole, Only, new ClusterRow(name, 0));
            return true;
        });

    public ValueTask<ClusterRow?> LockCluster() =>
        transaction.Run<ClusterRow?>(nameof(LockCluster), () =>
            tables.Cluster.Lock(transaction, ModelTables.Whole, Only));

    public ValueTask<long> NextEpoch() =>
        transaction.Run<long>(nameof(NextEpoch), async () =>
        {
            var cluster = await tables.Cluster.Lock(transaction, ModelTables.Whole, Only)
                ?? throw new InvalidOperationException("There is no cluster yet.");
            var next = cluster with { Epoch = cluster.Epoch + 1 };
            await tables.Cluster.Put(transaction, ModelTables.Whole, Only, next);
            return next.Epoch;
        });

    public ValueTask<MembershipRows> Members() =>
        transaction.Look<MembershipRows>(nameof(Members), () =>
            new MembershipRows(
                tables.Cluster.Find(transaction, ModelTables.Whole, Only)?.Epoch ?? 0,
                [.. tables.Members.Scan(transaction, ModelTables.Whole).Select(static member => member.Row)]));

    public ValueTask<bool> InsertMember(MemberRow member) =>
        transaction.Run<bool>(nameof(InsertMember), () =>
            tables.Members.Insert(transaction, ModelTables.Whole, member.Uid, member));

    public ValueTask<bool> RenewLease(int uid) =>
        transaction.Run<bool>(nameof(RenewLease), () =>
            Update(
                uid,
                static member => member.Status != MemberStatus.Down,
                static member => member with { Lease = member.Lease + 1 }));

    public ValueTask<bool> SetStatus(int uid, MemberStatus from, MemberStatus to, int? upNumber) =>
        transaction.Run<bool>(nameof(SetStatus), () =>
            Update(
                uid,
                member => member.Status == from,
                member => member with { Status = to, UpNumber = upNumber ?? member.UpNumber }));

    public ValueTask<bool> SetDown(int uid, long lease) =>
        transaction.Run<bool>(nameof(SetDown), () =>
            Update(
                uid, member => member.Lease == lease, static member => member with { Status = MemberStatus.Down }));

    public ValueTask<bool> DeleteMember(int uid) =>
        transaction.Run<bool>(nameof(DeleteMember), () =>
            Update(uid, static _ => true, static _ => null));

    public ValueTask<long> LockShardType(string typeName) =>
        transaction.Run<long>(nameof(LockShardType), async () =>
            (await tables.ShardTypes.LockKey(transaction, ModelTables.Whole, typeName))?.Epoch ?? 0);

    public async ValueTask PutShardType(string typeName, long epoch) =>
        await transaction.Run(nameof(PutShardType), async () =>
        {
            await tables.ShardTypes.Put(
                transaction, ModelTables.Whole, typeName, new ModelTables.ShardType(epoch));
            return true;
        });

    public ValueTask<IReadOnlyList<ShardHomeRow>> ShardHomes(string typeName) =>
        transaction.Look<IReadOnlyList<ShardHomeRow>>(nameof(ShardHomes), () =>
            [.. tables.ShardHomes.Scan(transaction, typeName).Select(static home => home.Row)]);

    public async ValueTask PutShardHome(string typeName, ShardHomeRow home) =>
        await transaction.Run(nameof(PutShardHome), async () =>
        {
            await tables.ShardHomes.Put(transaction, typeName, home.ShardId, home);
            return true;
        });

    public ValueTask<bool> DeleteShardHome(string typeName, string shardId) =>
        transaction.Run<bool>(nameof(DeleteShardHome), async () =>
        {
            if (await tables.ShardHomes.Lock(transaction, typeName, shardId) is null)
            {
                return false;
            }

            await tables.ShardHomes.Put(transaction, typeName, shardId, null);
            return true;
        });

    /// <summary>Looks at the row again once it holds the lock, as a database does.</summary>
    private async ValueTask<bool> Update(
        int uid, Func<MemberRow, bool> where, Func<MemberRow, MemberRow?> change)
    {
        if (tables.Members.Find(transaction, ModelTables.Whole, uid) is not { } seen || !where(seen)
            || await tables.Members.Lock(transaction, ModelTables.Whole, uid) is not { } member || !where(member))
        {
            return false;
        }

        await tables.Members.Put(transaction, ModelTables.Whole, uid, change(member));
        return true;
    }
}
