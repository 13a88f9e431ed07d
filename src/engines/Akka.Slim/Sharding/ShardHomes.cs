using Akka.Store;

namespace Akka.Cluster.Sharding;

/// <summary>In the store that the nodes share.</summary>
internal sealed class StoredShardHomes(IStoreDriver<IMembershipStatements> store) : IShardHomes
{
    public Task<ShardHomesRead> Begin(string typeName) =>
        store.Write(statements => ShardHomeTransactions.Begin(statements, typeName));

    public Task<HomesChanged> Change(string typeName, long epoch, IReadOnlyList<HomeChange> changes) =>
        store.Write(statements => ShardHomeTransactions.Change(statements, typeName, epoch, changes));
}

/// <summary>
/// For a cluster of one: the region on the same node outlives the coordinator and tells what it hosts.
/// </summary>
internal sealed class NoShardHomes : IShardHomes
{
    private long _epoch;

    public Task<ShardHomesRead> Begin(string typeName) =>
        Task.FromResult(new ShardHomesRead(Interlocked.Increment(ref _epoch), []));

    public Task<HomesChanged> Change(string typeName, long epoch, IReadOnlyList<HomeChange> changes) =>
        Task.FromResult(HomesChanged.Done);
}
