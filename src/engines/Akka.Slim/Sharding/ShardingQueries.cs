using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Asks a region for something.</summary>
public interface IShardRegionQuery;

/// <summary>Answered with <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState : IShardRegionQuery
{
    public static readonly GetShardRegionState Instance = new();

    private GetShardRegionState()
    {
    }
}

/// <summary>The shards of one region with their entities.</summary>
public sealed class CurrentShardRegionState(IImmutableSet<ShardState> shards)
{
    public readonly IImmutableSet<ShardState> Shards = shards;
}

/// <summary>The entities that live in a shard.</summary>
public sealed class ShardState(string shardId, IImmutableSet<string> entityIds)
{
    public readonly string ShardId = shardId;

    public readonly IImmutableSet<string> EntityIds = entityIds;
}

/// <summary>Answered with <see cref="ShardRegionStats"/>.</summary>
public sealed class GetShardRegionStats : IShardRegionQuery
{
    public static readonly GetShardRegionStats Instance = new();

    private GetShardRegionStats()
    {
    }
}

/// <summary>The number of entities in each shard of one region.</summary>
public sealed class ShardRegionStats(IImmutableDictionary<string, int> stats)
{
    public readonly IImmutableDictionary<string, int> Stats = stats;
}

/// <summary>Answered with <see cref="ClusterShardingStats"/>.</summary>
public sealed class GetClusterShardingStats(TimeSpan timeout) : IShardRegionQuery
{
    public readonly TimeSpan Timeout = timeout;
}

/// <summary>The numbers of entities in all regions.</summary>
public sealed class ClusterShardingStats(IImmutableDictionary<Address, ShardRegionStats> regions)
{
    public readonly IImmutableDictionary<Address, ShardRegionStats> Regions = regions;
}

/// <summary>Answered with <see cref="CurrentRegions"/>.</summary>
public sealed class GetCurrentRegions : IShardRegionQuery
{
    public static readonly GetCurrentRegions Instance = new();

    private GetCurrentRegions()
    {
    }
}

/// <summary>The nodes that have a region of the type.</summary>
public sealed class CurrentRegions(IImmutableSet<Address> regions)
{
    public readonly IImmutableSet<Address> Regions = regions;
}
