using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Decides where shards live.</summary>
public interface IShardAllocationStrategy : INoSerializationVerificationNeeded
{
    /// <summary>The region that a new shard goes to: one of the keys of the allocations.</summary>
    Task<IActorRef> AllocateShard(
        IActorRef requester,
        string shardId,
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations);

    /// <summary>The shards to move now; asked each <c>rebalance-interval</c>.</summary>
    Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
        IImmutableSet<string> rebalanceInProgress);
}

/// <summary>The strategies that come with the library.</summary>
public static class ShardAllocationStrategy
{
    /// <summary>
    /// New shards go to the region with the fewest; in a rebalance at most as many shards move as both limits
    /// allow.
    /// </summary>
    /// <param name="absoluteLimit">Shards at a time; 0 = no such limit.</param>
    /// <param name="relativeLimit">
    /// As a part of all shards, up to 1; at least one shard may always move.
    /// </param>
    public static IShardAllocationStrategy LeastShardAllocationStrategy(
        int absoluteLimit, double relativeLimit) =>
        new LeastShards(absoluteLimit, relativeLimit);
}

/// <summary>Keeps the numbers of shards of all regions within one of one another.</summary>
internal sealed class LeastShards(int absoluteLimit, double relativeLimit) : IShardAllocationStrategy
{
    public Task<IActorRef> AllocateShard(
        IActorRef requester,
        string shardId,
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
        Task.FromResult(Ordered(currentShardAllocations)[0].Key);

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
        IImmutableSet<string> rebalanceInProgress)
    {
        IImmutableSet<string> chosen = ImmutableSortedSet<string>.Empty;
        if (rebalanceInProgress.Count > 0 || currentShardAllocations.Count < 2)
        {
            return Task.FromResult(chosen);
        }

        var all = currentShardAllocations.Values.Sum(shards => shards.Count);
        var relative = Math.Max(1, (int)(relativeLimit * all));
        var limit = absoluteLimit > 0 ? Math.Min(absoluteLimit, relative) : relative;
        var ordered = Ordered(currentShardAllocations);
        var room = (all / ordered.Count) - ordered[0].Value.Count;
        foreach (var (_, shards) in Enumerable.Reverse(ordered))
        {
            var surplus = Math.Min(shards.Count - ((all + ordered.Count - 1) / ordered.Count), room);
            if (surplus <= 0 && shards.Count - ordered[0].Value.Count > 1)
            {
                surplus = 1;
            }

            var moving = Math.Min(Math.Max(0, surplus), limit - chosen.Count);
            chosen = chosen.Union(shards.Order(StringComparer.Ordinal).Take(moving));
        }

        return Task.FromResult(chosen);
    }

    private static List<KeyValuePair<IActorRef, IImmutableList<string>>> Ordered(
        IImmutableDictionary<IActorRef, IImmutableList<string>> allocations) =>
        allocations.OrderBy(entry => entry.Value.Count)
            .ThenBy(entry => entry.Key.Path.ToSerializationFormat(), StringComparer.Ordinal)
            .ToList();
}
