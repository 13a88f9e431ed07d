using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Writes the fields of the engine's own messages, without names: a message's manifest says which fields
/// follow.
/// </summary>
internal sealed class MessageWriter(ExtendedActorSystem system) : ByteWriter
{
    /// <summary>Leads to the same actor from any node; null and Nobody stay what they are.</summary>
    public void Ref(IActorRef? actorRef)
    {
        if (actorRef is null)
        {
            Byte(MessageReader.NoRef);
        }
        else if (actorRef.IsNobody())
        {
            Byte(MessageReader.NobodyRef);
        }
        else
        {
            Byte(MessageReader.PathRef);
            Text(Serialization.SerializedActorPath(actorRef));
        }
    }

    /// <summary>Any message or null, by its own serializer.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">It has none.</exception>
    public void Object(object? value)
    {
        Boolean(value is not null);
        if (value is null)
        {
            return;
        }

        var serializer = system.Serialization.FindSerializerFor(value);
        Int32(serializer.Identifier);
        Text(Serialization.ManifestFor(serializer, value));
        Bytes(serializer.ToBinary(value));
    }

    public void List<T>(IReadOnlyCollection<T> items, Action<MessageWriter, T> write)
    {
        Count(items.Count);
        foreach (var item in items)
        {
            write(this, item);
        }
    }
}
