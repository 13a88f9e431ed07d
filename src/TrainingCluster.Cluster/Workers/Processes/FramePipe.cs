using System.Buffers.Binary;
using System.Text;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>One frame.</summary>
internal sealed record Frame(FrameKind Kind, ReadOnlyMemory<byte> Content)
{
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>A first line and what follows it.</summary>
    /// <exception cref="InvalidDataException">There is no line end.</exception>
    public (string Line, ReadOnlyMemory<byte> Content) Split()
    {
        var end = Content.Span.IndexOf((byte)'\n');
        return end >= 0
            ? (Encoding.UTF8.GetString(Content.Span[..end]), Content[(end + 1)..])
            : throw new InvalidDataException($"a frame {Kind} has no first line");
    }
}

/// <summary>
/// Frames over two one-way streams: four bytes of length, little-endian, one byte of kind, the content. One thread
/// reads; any number may write.
/// </summary>
internal sealed class FramePipe(Stream input, Stream output)
{
    /// <summary>Bytes of content: more than any artifact has, and less than would be a torn length.</summary>
    private const int ContentMax = 1 << 30;

    private const int HeadLength = 5;
    private readonly Lock _writing = new();

    /// <returns>Null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">What came is no frame.</exception>
    public Frame? Read()
    {
        var head = new byte[HeadLength];
        var got = input.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        if (got < HeadLength)
        {
            return got == 0 ? null : throw new InvalidDataException("the stream ended within a frame");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        var kind = (FrameKind)head[4];
        if (length is < 0 or > ContentMax || !Enum.IsDefined(kind))
        {
            throw new InvalidDataException($"a frame of kind {head[4]} and {length} bytes is none of this protocol");
        }

        var content = new byte[length];
        try
        {
            input.ReadExactly(content);
        }
        catch (EndOfStreamException torn)
        {
            throw new InvalidDataException("the stream ended within a frame", torn);
        }

        return new Frame(kind, content);
    }

    public void Write(FrameKind kind, string text) => Write(kind, Encoding.UTF8.GetBytes(text));

    /// <summary>A frame of a first line and what follows it.</summary>
    public void Write(FrameKind kind, string line, ReadOnlyMemory<byte> rest) =>
        Write(kind, Encoding.UTF8.GetBytes(line + "\n"), rest);

    /// <exception cref="IOException">The other side is gone.</exception>
    public void Write(FrameKind kind, ReadOnlyMemory<byte> content = default, ReadOnlyMemory<byte> more = default)
    {
        var head = new byte[HeadLength];
        BinaryPrimitives.WriteInt32LittleEndian(head, checked(content.Length + more.Length));
        head[4] = (byte)kind;
        lock (_writing)
        {
            output.Write(head);
            output.Write(content.Span);
            output.Write(more.Span);
            output.Flush();
        }
    }
}
