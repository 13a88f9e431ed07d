using Akka.Serialization;

namespace Akka.Persistence.Sql;

/// <summary>Between events or snapshots and their rows.</summary>
internal sealed class SqlPayload(Serialization.Serialization serialization)
{
    /// <summary>Throws what the serializer throws.</summary>
    public SqlRow Encode(
        object payload, string persistenceId, long sequenceNr, long createdTicks, string? writer)
    {
        var serializer = serialization.FindSerializerFor(payload);
        return new SqlRow(
            persistenceId,
            sequenceNr,
            createdTicks,
            serializer.ToBinary(payload),
            serializer.Identifier,
            Serialization.Serialization.ManifestFor(serializer, payload),
            writer);
    }

    /// <exception cref="CorruptRowException">The serializer cannot read the row.</exception>
    public object Decode(SqlRow row, string location)
    {
        try
        {
            return serialization.Deserialize(row.Message, row.SerializerId, row.Manifest);
        }
        catch (Exception cause)
        {
            throw row.Corrupt(
                location,
                $"it cannot be read as \"{row.Manifest}\" by serializer {row.SerializerId} ({cause.Message})",
                cause);
        }
    }
}
