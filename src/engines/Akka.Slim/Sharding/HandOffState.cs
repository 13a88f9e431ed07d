using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>
/// A move of one shard: once everybody who may know its home keeps its messages back, its owner stops it.
/// </summary>
/// <param name="Number">Tells the moves of one epoch apart, so that late answers count for none.</param>
/// <param name="ShardId">What moves.</param>
/// <param name="Owner">From where.</param>
/// <param name="Unacknowledged">Who has not answered yet.</param>
/// <param name="IsStopping">The owner has been told to stop the shard.</param>
internal sealed record HandOffState(
    long Number,
    string ShardId,
    IActorRef Owner,
    ImmutableSortedSet<IActorRef> Unacknowledged,
    bool IsStopping)
{
    /// <summary>All has been done for the owner's turn, which has not come yet.</summary>
    public bool MayStop => !IsStopping && Unacknowledged.IsEmpty;

    public static HandOffState Begin(
        long number, string shardId, IActorRef owner, IEnumerable<IActorRef> everybody) =>
        new(number, shardId, owner, [.. everybody, owner], IsStopping: false);

    /// <summary>The region keeps messages back from now on, or is gone.</summary>
    public HandOffState Without(IActorRef region) =>
        this with { Unacknowledged = Unacknowledged.Remove(region) };

    public HandOffState Stop() => this with { IsStopping = true };
}
