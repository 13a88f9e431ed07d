namespace Akka.Cluster.Sharding;

/// <summary>
/// Which entity a message is for and in which shard the entity lives. The shard must follow from the entity's
/// id alone, the same on every node and in every version of the program.
/// </summary>
public interface IMessageExtractor
{
    /// <summary>Null for a message that is for no entity.</summary>
    string? EntityId(object message);

    /// <summary>What the entity gets.</summary>
    object? EntityMessage(object message);

    string? ShardId(object message);

    string ShardId(string entityId, object? messageHint = null);
}

/// <summary>A message with the id of the entity that is to get it.</summary>
public sealed record ShardingEnvelope
{
    public ShardingEnvelope(string entityId, object message)
    {
        EntityId = entityId;
        Message = message;
    }

    public string EntityId { get; }

    public object Message { get; }
}

/// <summary>
/// Understands envelopes and start requests itself and leaves the rest to the application's extractor.
/// </summary>
internal sealed class EnvelopeExtractor(IMessageExtractor inner) : IMessageExtractor
{
    /// <summary>Into which entities are spread; 0 where the extractor does not say.</summary>
    public int NumberOfShards => (inner as HashCodeMessageExtractor)?.MaxNumberOfShards ?? 0;

    public string? EntityId(object message) => message switch
    {
        ShardingEnvelope envelope => envelope.EntityId,
        ShardRegion.StartEntity start => start.EntityId,
        _ => inner.EntityId(message),
    };

    public object? EntityMessage(object message) => message switch
    {
        ShardingEnvelope envelope => envelope.Message,
        ShardRegion.StartEntity => message,
        _ => inner.EntityMessage(message),
    };

    public string? ShardId(object message) => EntityId(message) is { } id ? inner.ShardId(id, message) : null;

    public string ShardId(string entityId, object? messageHint = null) =>
        inner.ShardId(entityId, messageHint);
}
