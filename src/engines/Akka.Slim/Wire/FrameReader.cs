using System.Buffers.Binary;
using System.Runtime.Serialization;
using Akka.Serialization;

namespace Akka.Wire;

/// <summary>What is wrong with a frame, as far as its entries' outsides show.</summary>
internal enum FrameProblem
{
    None,
    Corrupt,

    /// <summary>Of a newer version: all of it, or some entries, which are left out.</summary>
    Newer,
}

/// <summary>
/// Takes frames apart. Whatever the bytes are, it neither throws nor allocates more than a few times their
/// number.
/// </summary>
internal static class FrameReader
{
    /// <summary>Adds the readable entries in order; of a corrupt frame none.</summary>
    public static FrameProblem Read(ReadOnlyMemory<byte> frame, List<WireMessage> into)
    {
        if (frame.Length < FrameFormat.HeaderLength)
        {
            return FrameProblem.Corrupt;
        }

        if (frame.Span[0] != FrameFormat.Version)
        {
            return frame.Span[0] > FrameFormat.Version ? FrameProblem.Newer : FrameProblem.Corrupt;
        }

        var entries = frame[FrameFormat.HeaderLength..];
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(frame.Span[1..]);
        return checksum == FrameFormat.Checksum(entries.Span)
            ? ReadEntries(entries, into)
            : FrameProblem.Corrupt;
    }

    private static FrameProblem ReadEntries(ReadOnlyMemory<byte> entries, List<WireMessage> into)
    {
        var before = into.Count;
        var problem = FrameProblem.None;
        try
        {
            var reader = new ByteReader(entries);
            while (reader.Left > 0)
            {
                var kind = (WireKind)reader.Byte();
                var entry = new ByteReader(reader.Bytes());
                if (Enum.IsDefined(kind))
                {
                    into.Add(ReadEntry(kind, entry));
                }
                else
                {
                    problem = FrameProblem.Newer;
                }
            }

            return problem;
        }
        catch (SerializationException)
        {
            into.RemoveRange(before, into.Count - before);
            return FrameProblem.Corrupt;
        }
    }

    private static WireMessage ReadEntry(WireKind kind, ByteReader entry)
    {
        var recipient = entry.Path();
        var other = entry.Boolean() ? entry.Path() : null;
        return kind switch
        {
            WireKind.User => new WireMessage(
                kind, recipient, other, entry.Int32(), entry.Text(), entry.Bytes(), DeathFlags.None),
            WireKind.Died => new WireMessage(
                kind, recipient, other, 0, "", default, (DeathFlags)entry.Byte()),
            _ => new WireMessage(kind, recipient, other, 0, "", default, DeathFlags.None),
        };
    }
}
