using Akka.Cluster;

namespace Akka.Store;

/// <summary>
/// The statements about members and shard homes. Each is one statement to the database. Those that change a
/// row lock it until the transaction ends.
/// </summary>
internal interface IMembershipStatements
{
    /// <summary>Makes the row of the cluster where there is none.</summary>
    ValueTask CreateCluster(string name);

    /// <summary>The row of the cluster, locked; null where there is none.</summary>
    ValueTask<ClusterRow?> LockCluster();

    /// <summary>The next number of the cluster's one sequence of epochs.</summary>
    ValueTask<long> NextEpoch();

    /// <summary>The present epoch and all members, as of one moment.</summary>
    ValueTask<MembershipRows> Members();

    /// <summary>False where the uid is taken.</summary>
    ValueTask<bool> InsertMember(MemberRow member);

    /// <summary>Raises the counter of the lease; false where the member is down or gone.</summary>
    ValueTask<bool> RenewLease(int uid);

    /// <summary>
    /// Moves a member on; false where its status is not <paramref name="from"/> any more.
    /// </summary>
    /// <param name="uid">The incarnation.</param>
    /// <param name="from">What it must be now.</param>
    /// <param name="to">What it becomes.</param>
    /// <param name="upNumber">Its age from now on; null leaves it as it is.</param>
    ValueTask<bool> SetStatus(int uid, MemberStatus from, MemberStatus to, int? upNumber);

    /// <summary>
    /// Makes a member <see cref="MemberStatus.Down"/> whatever its status, if its lease is still at
    /// <paramref name="lease"/>; from then on it cannot be renewed.
    /// </summary>
    ValueTask<bool> SetDown(int uid, long lease);

    ValueTask<bool> DeleteMember(int uid);

    /// <summary>Locks the row of a shard type and gives its epoch; 0 where there is none.</summary>
    ValueTask<long> LockShardType(string typeName);

    ValueTask PutShardType(string typeName, long epoch);

    ValueTask<IReadOnlyList<ShardHomeRow>> ShardHomes(string typeName);

    ValueTask PutShardHome(string typeName, ShardHomeRow home);

    ValueTask<bool> DeleteShardHome(string typeName, string shardId);
}
