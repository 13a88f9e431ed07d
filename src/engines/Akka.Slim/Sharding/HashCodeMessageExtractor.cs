using System.Globalization;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Spreads entities over a fixed number of shards by a hash of their id. The number must never change while
/// data of the type exists; ten times the greatest number of nodes is a good one.
/// </summary>
public abstract class HashCodeMessageExtractor : IMessageExtractor
{
    public readonly int MaxNumberOfShards;

    protected HashCodeMessageExtractor(int maxNumberOfShards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfShards, 1);
        MaxNumberOfShards = maxNumberOfShards;
    }

    public static HashCodeMessageExtractor Create(
        int maxNumberOfShards,
        Func<object, string?> entityIdExtractor,
        Func<object, object>? messageExtractor = null) =>
        new Delegating(maxNumberOfShards, entityIdExtractor, messageExtractor);

    public abstract string? EntityId(object message);

    public virtual object? EntityMessage(object message) => message;

    public virtual string? ShardId(object message)
    {
        var id = message is ShardRegion.StartEntity start ? start.EntityId : EntityId(message);
        return id is null ? null : ShardId(id, message);
    }

    public virtual string ShardId(string entityId, object? messageHint = null) =>
        (Math.Abs((long)StringHash.Of(entityId)) % MaxNumberOfShards).ToString(CultureInfo.InvariantCulture);

    private sealed class Delegating(
        int maxNumberOfShards, Func<object, string?> entityId, Func<object, object>? entityMessage)
        : HashCodeMessageExtractor(maxNumberOfShards)
    {
        public override string? EntityId(object message) => entityId(message);

        public override object? EntityMessage(object message) => entityMessage?.Invoke(message) ?? message;
    }
}
