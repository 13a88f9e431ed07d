using Akka.Cluster;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Members and shard homes in a model of a database.</summary>
internal sealed class ModelMembership(ModelTables tables, ModelTransaction transaction) : IMembershipStatements
{
    private const int Only = 0;

    public async ValueTask CreateCluster(string name)
    {
        await transaction.Begin(nameof(CreateCluster));
        await tables.Cluster.Insert(transaction, ModelTables.Whole, Only, new ClusterRow(name, 0));
    }

    public async ValueTask<ClusterRow?> LockCluster()
    {
        await transaction.Begin(nameof(LockCluster));
        return await tables.Cluster.Lock(transaction, ModelTables.Whole, Only);
    }

    public async ValueTask<long> NextEpoch()
    {
        await transaction.Begin(nameof(NextEpoch));
        var cluster = await tables.Cluster.Lock(transaction, ModelTables.Whole, Only)
            ?? throw transaction.Break(new InvalidOperationException("There is no cluster yet."));
        var next = cluster with { Epoch = cluster.Epoch + 1 };
        await tables.Cluster.Put(transaction, ModelTables.Whole, Only, next);
        return next.Epoch;
    }

    public async ValueTask<MembershipRows> Members()
    {
        await transaction.Begin(nameof(Members));
        return new MembershipRows(
            tables.Cluster.Find(transaction, ModelTables.Whole, Only)?.Epoch ?? 0,
            [.. tables.Members.Scan(transaction, ModelTables.Whole).Select(static member => member.Row)]);
    }

    public async ValueTask<bool> InsertMember(MemberRow member)
    {
        await transaction.Begin(nameof(InsertMember));
        return await tables.Members.Insert(transaction, ModelTables.Whole, member.Uid, member);
    }

    public async ValueTask<bool> RenewLease(int uid)
    {
        await transaction.Begin(nameof(RenewLease));
        return await Update(
            uid,
            static member => member.Status != MemberStatus.Down,
            static member => member with { Lease = member.Lease + 1 });
    }

    public async ValueTask<bool> SetStatus(int uid, MemberStatus from, MemberStatus to, int? upNumber)
    {
        await transaction.Begin(nameof(SetStatus));
        return await Update(
            uid,
            member => member.Status == from,
            member => member with { Status = to, UpNumber = upNumber ?? member.UpNumber });
    }

    public async ValueTask<bool> SetDown(int uid, long lease)
    {
        await transaction.Begin(nameof(SetDown));
        return await Update(
            uid, member => member.Lease == lease, static member => member with { Status = MemberStatus.Down });
    }

    public async ValueTask<bool> DeleteMember(int uid)
    {
        await transaction.Begin(nameof(DeleteMember));
        return await Update(uid, static _ => true, static _ => null);
    }

    public async ValueTask<long> LockShardType(string typeName)
    {
        await transaction.Begin(nameof(LockShardType));
        return (await tables.ShardTypes.Lock(transaction, ModelTables.Whole, typeName))?.Epoch ?? 0;
    }

    public async ValueTask PutShardType(string typeName, long epoch)
    {
        await transaction.Begin(nameof(PutShardType));
        await tables.ShardTypes.Put(
            transaction, ModelTables.Whole, typeName, new ModelTables.ShardType(epoch));
    }

    public async ValueTask<IReadOnlyList<ShardHomeRow>> ShardHomes(string typeName)
    {
        await transaction.Begin(nameof(ShardHomes));
        return [.. tables.ShardHomes.Scan(transaction, typeName).Select(static home => home.Row)];
    }

    public async ValueTask PutShardHome(string typeName, ShardHomeRow home)
    {
        await transaction.Begin(nameof(PutShardHome));
        await tables.ShardHomes.Put(transaction, typeName, home.ShardId, home);
    }

    public async ValueTask<bool> DeleteShardHome(string typeName, string shardId)
    {
        await transaction.Begin(nameof(DeleteShardHome));
        if (await tables.ShardHomes.Lock(transaction, typeName, shardId) is null)
        {
            return false;
        }

        await tables.ShardHomes.Put(transaction, typeName, shardId, null);
        return true;
    }

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
