using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;

namespace Akka.Serialization;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote. The bytes may be anything: whatever does not fit ends in a
/// <see cref="SerializationException"/>, and no more is allocated than there are bytes.
/// </summary>
internal class ByteReader(ReadOnlyMemory<byte> bytes)
{
    /// <summary>Characters of an actor's path; deeper trees than this has room for are a mistake.</summary>
    public const int LongestPath = 4096;

    private int _position;

    public int Left => bytes.Length - _position;

    public byte Byte() => Take(1)[0];

    public bool Boolean() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new SerializationException($"{other} is no boolean."),
    };

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>At most the number of bytes left: nothing that is counted takes less than one.</summary>
    public int Count()
    {
        long count = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            count |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return count <= Left
                    ? (int)count
                    : throw new SerializationException($"{count} things cannot be in {Left} bytes.");
            }
        }

        throw new SerializationException("A count has too many digits.");
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        var length = Count();
        var from = _position;
        Take(length);
        return bytes.Slice(from, length);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    public string? OptionalText() => Boolean() ? Text() : null;

    public string Path()
    {
        var path = Text();
        return path.Length <= LongestPath
            ? path
            : throw new SerializationException(
                $"A path of {path.Length} characters is longer than {LongestPath}.");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Left)
        {
            throw new SerializationException($"{length} bytes are wanted where {Left} are left.");
        }

        var taken = bytes.Span.Slice(_position, length);
        _position += length;
        return taken;
    }
}
