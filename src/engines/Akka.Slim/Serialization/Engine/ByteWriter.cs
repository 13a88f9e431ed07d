using System.Buffers.Binary;
using System.Text;

namespace Akka.Serialization;

/// <summary>Collects plain values in little-endian order; <see cref="ByteReader"/> reads them.</summary>
internal class ByteWriter
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets what was written after the given length.</summary>
    public void CutTo(int length) => Length = Math.Min(length, Length);

    public void Byte(byte value) => Grow(1)[0] = value;

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Grow(sizeof(int)), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Grow(sizeof(long)), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Grow(sizeof(double)), value);

    /// <summary>A number of things that follow, at least 0; small ones take one byte.</summary>
    public void Count(int count)
    {
        var left = (uint)count;
        while (left >= 0x80)
        {
            Byte((byte)(left | 0x80));
            left >>= 7;
        }

        Byte((byte)left);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        bytes.CopyTo(Grow(bytes.Length));
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Count(length);
        Encoding.UTF8.GetBytes(text, Grow(length));
    }

    public void OptionalText(string? text)
    {
        Boolean(text is not null);
        if (text is not null)
        {
            Text(text);
        }
    }

    private Span<byte> Grow(int by)
    {
        var from = Length;
        Length = checked(from + by);
        if (Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        }

        return _bytes.AsSpan(from, by);
    }
}
