using Akka.Cluster;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

internal sealed record MemberJoined(MemberRow Row);

internal sealed record MemberMoved(int Uid, MemberStatus To, int? UpNumber);

internal sealed record MemberDeleted(int Uid);

internal sealed record ShardMoved(string Type, string ShardId, int? To);

/// <summary>Notes what checkers want to know of a transaction.</summary>
internal sealed class NotedMembership(IMembershipStatements inner, SimTransaction transaction) : IMembershipStatements
{
    public ValueTask CreateCluster(string name) => inner.CreateCluster(name);

    public ValueTask<ClusterRow?> LockCluster() => inner.LockCluster();

    public ValueTask<long> NextEpoch() => inner.NextEpoch();

    public ValueTask<MembershipRows> Members() => inner.Members();

    public async ValueTask<bool> InsertMember(MemberRow member) =>
        Noted(await inner.InsertMember(member), new MemberJoined(member));

    public ValueTask<bool> RenewLease(int uid) => inner.RenewLease(uid);

    public async ValueTask<bool> SetStatus(int uid, MemberStatus from, MemberStatus to, int? upNumber) =>
        Noted(await inner.SetStatus(uid, from, to, upNumber), new MemberMoved(uid, to, upNumber));

    public async ValueTask<bool> SetDown(int uid, long lease) =>
        Noted(await inner.SetDown(uid, lease), new MemberMoved(uid, MemberStatus.Down, null));

    public async ValueTask<bool> DeleteMember(int uid) =>
        Noted(await inner.DeleteMember(uid), new MemberDeleted(uid));

    public ValueTask<long> LockShardType(string typeName) => inner.LockShardType(typeName);

    public ValueTask PutShardType(string typeName, long epoch) => inner.PutShardType(typeName, epoch);

    public ValueTask<IReadOnlyList<ShardHomeRow>> ShardHomes(string typeName) => inner.ShardHomes(typeName);

    public ValueTask PutShardHome(string typeName, ShardHomeRow home)
    {
        transaction.Note(new ShardMoved(typeName, home.ShardId, home.RegionUid));
        return inner.PutShardHome(typeName, home);
    }

    public async ValueTask<bool> DeleteShardHome(string typeName, string shardId) =>
        Noted(await inner.DeleteShardHome(typeName, shardId), new ShardMoved(typeName, shardId, null));

    private bool Noted(bool isDone, object note)
    {
        if (isDone)
        {
            transaction.Note(note);
        }

        return isDone;
    }
}
