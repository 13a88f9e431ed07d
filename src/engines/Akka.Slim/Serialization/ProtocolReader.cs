using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Reads what <see cref="ProtocolWriter"/> wrote. What follows after the parts that are asked for, written by
/// a newer version, is left alone.
/// </summary>
/// <remarks>Any bytes may come in; wrong ones end in a <see cref="SerializationException"/>.</remarks>
internal sealed class ProtocolReader(ExtendedActorSystem system, byte[] bytes)
{
    private const int LongestNumber = 10;

    private int _at;

    public bool Flag() => Byte() != 0;

    public long Number()
    {
        ulong value = 0;
        for (var i = 0; i < LongestNumber; i++)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw Wrong("a number does not end");
    }

    public string Text()
    {
        var length = Length();
        var text = Encoding.UTF8.GetString(bytes, _at, length);
        _at += length;
        return text;
    }

    public ImmutableArray<string> Texts() => List(static reader => reader.Text());

    public ImmutableArray<T> List<T>(Func<ProtocolReader, T> read)
    {
        var count = Length();
        var values = ImmutableArray.CreateBuilder<T>();
        for (var i = 0; i < count; i++)
        {
            values.Add(read(this));
        }

        return values.ToImmutable();
    }

    /// <summary>Nobody where none was written.</summary>
    public IActorRef Reference() =>
        Text() is { Length: > 0 } path ? system.Serialization.DeserializeActorRef(path) : ActorRefs.Nobody;

    public object Payload()
    {
        var identifier = (int)Number();
        var manifest = Text();
        var length = Length();
        var payload = bytes[_at..(_at + length)];
        _at += length;
        return system.Serialization.Deserialize(payload, identifier, manifest);
    }

    /// <summary>A count of things of at least one byte each.</summary>
    private int Length()
    {
        var length = Number();
        return length >= 0 && length <= bytes.Length - _at
            ? (int)length
            : throw Wrong($"{length} is more than there is");
    }

    private byte Byte() => _at < bytes.Length ? bytes[_at++] : throw Wrong("it ends too early");

    private SerializationException Wrong(string what) =>
        new($"A message of {bytes.Length} bytes cannot be read at {_at}: {what}.");
}
