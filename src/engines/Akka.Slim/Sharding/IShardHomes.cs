using System.Collections.Immutable;
using Akka.Actor;
using Akka.Store;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Remembers over coordinators where the shards of each type live, and that there is only one coordinator.
/// </summary>
internal interface IShardHomes
{
    /// <summary>
    /// Begins a new epoch of the type, in which older coordinators can change nothing any more, and gives the
    /// homes whose nodes are members; the others are forgotten.
    /// </summary>
    Task<ShardHomesRead> Begin(string typeName);

    /// <summary>All or nothing. May be repeated where the outcome is not known.</summary>
    Task<HomesChanged> Change(string typeName, long epoch, IReadOnlyList<HomeChange> changes);
}

internal sealed record ShardHomesRead(long Epoch, IReadOnlyList<ShardHomeRow> Homes);

/// <param name="IsFenced">A newer epoch has begun; nothing was changed.</param>
/// <param name="Refused">Shards that could not be released, their node being a member still.</param>
internal sealed record HomesChanged(bool IsFenced, ImmutableHashSet<string> Refused)
{
    public static HomesChanged Done { get; } = new(false, []);

    public static HomesChanged Fenced { get; } = new(true, []);
}

internal abstract record HomeChange(string ShardId, IActorRef Region, int RegionUid)
{
    /// <summary>The shard lives there from now on.</summary>
    public sealed record Give(string ShardId, IActorRef Region, int RegionUid, string RegionPath)
        : HomeChange(ShardId, Region, RegionUid);

    /// <param name="ShardId">Has no home any more.</param>
    /// <param name="Region">Where it lived.</param>
    /// <param name="RegionUid">The incarnation of that node.</param>
    /// <param name="OnlyIfGone">
    /// Nobody has confirmed that the shard has stopped: its node must not be a member any more.
    /// </param>
    public sealed record Release(string ShardId, IActorRef Region, int RegionUid, bool OnlyIfGone)
        : HomeChange(ShardId, Region, RegionUid);
}
