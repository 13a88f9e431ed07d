using System.Buffers.Binary;
using System.Numerics;

namespace Akka.Wire;

/// <summary>
/// A frame is a version, a CRC-32C of what follows it, and entries up to the end; an entry is a kind and as
/// many bytes as it says, so that entries of a newer version can be stepped over.
/// </summary>
internal static class FrameFormat
{
    public const byte Version = 1;

    public const int HeaderLength = 1 + sizeof(uint);

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }

    public static byte[] Seal(ReadOnlySpan<byte> entries)
    {
        var frame = new byte[HeaderLength + entries.Length];
        frame[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(1), Checksum(entries));
        entries.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }
}
