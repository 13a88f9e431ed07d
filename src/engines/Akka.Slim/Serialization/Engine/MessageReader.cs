using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Reads what <see cref="MessageWriter"/> wrote, with the same promises.</summary>
internal sealed class MessageReader(ExtendedActorSystem system, ReadOnlyMemory<byte> bytes, int depth = 0)
    : ByteReader(bytes)
{
    /// <summary>Messages inside of messages; how many is up to the bytes, the stack's end is not.</summary>
    private const int GreatestDepth = 16;

    public const byte NoRef = 0;
    public const byte NobodyRef = 1;
    public const byte PathRef = 2;

    public IActorRef? OptionalRef() => Byte() switch
    {
        NoRef => null,
        NobodyRef => ActorRefs.Nobody,
        PathRef => system.Serialization.DeserializeActorRef(Path()),
        var other => throw new SerializationException($"{other} is no kind of reference."),
    };

    public IActorRef Ref() => OptionalRef()
        ?? throw new SerializationException("A reference is missing.");

    /// <exception cref="SerializationException">Nobody here can read it.</exception>
    public object? OptionalObject()
    {
        if (!Boolean())
        {
            return null;
        }

        var identifier = Int32();
        var manifest = Text();
        var payload = Bytes();
        if (depth == GreatestDepth)
        {
            throw new SerializationException($"There are more than {GreatestDepth} messages in each other.");
        }

        return system.Serialization.SerializerOf(identifier, manifest) is EngineSerializer own
            ? own.Read(new MessageReader(system, payload, depth + 1), manifest)
            : system.Serialization.Deserialize(payload.ToArray(), identifier, manifest);
    }

    /// <exception cref="SerializationException">Nobody here can read it.</exception>
    public object Object() => OptionalObject()
        ?? throw new SerializationException("A message is missing.");

    public T[] List<T>(Func<MessageReader, T> read)
    {
        // Grows with what there is: a count alone must not make room.
        var items = new List<T>();
        for (var left = Count(); left > 0; left--)
        {
            items.Add(read(this));
        }

        return [.. items];
    }
}
