using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>The text of a file, whatever it is packed and encoded in.</summary>
/// <param name="Reader">To be closed by its user.</param>
/// <param name="Name">The file, with the entry of an archive.</param>
/// <param name="Encoding">Null for UTF-8, else what it was read as.</param>
/// <param name="Content">The bytes behind the reader.</param>
internal sealed record ImportText(TextReader Reader, string Name, string? Encoding, ConcatenatedStream Content)
{
    private const int HeadLength = 1 << 16;

    /// <summary>Bytes that the last four of a gzip file announce; 0 where nothing is announced.</summary>
    private long Announced { get; init; }

    /// <exception cref="BarDataException">The content is no text.</exception>
    public static ImportText Open(Stream content, string name)
    {
        var head = Head(content);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            var announced = GzipLength(content);
            return Decode(new GZipStream(content, CompressionMode.Decompress), name) with { Announced = announced };
        }

        if (!head.StartsWith("PK\u0003\u0004"u8))
        {
            return Decode(content, name);
        }

        var archive = new ZipArchive(content, ZipArchiveMode.Read);
        var entries = archive.Entries.Where(entry => entry.Length > 0).ToArray();
        return entries is [var only]
            ? Decode(only.Open(), $"{name}/{only.FullName}")
            : throw Unusable(name, $"is an archive of {entries.Length} files; it must hold one");
    }

    /// <summary>To be called at the end: the platform reads a gzip file that was cut off as if it were whole.</summary>
    /// <exception cref="InvalidDataException">Bytes are missing.</exception>
    public void RequireWhole()
    {
        if (Content.Handed < Announced)
        {
            throw new InvalidDataException();
        }
    }

    public static BarDataException Unusable(string source, string rule) =>
        new(new BarViolation(source, null, null, null, rule));

    private static ImportText Decode(Stream content, string name)
    {
        var chunk = new byte[HeadLength];
        var read = content.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        var head = chunk.AsSpan(0, read);
        var all = new ConcatenatedStream(head.ToArray(), content);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || head.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            return new ImportText(new StreamReader(all, System.Text.Encoding.Unicode, true), name, "UTF-16", all);
        }

        if (head.Contains((byte)0))
        {
            throw Unusable(name, "is a binary file; it must be text with a header and bars");
        }

        return IsUtf8(head)
            ? new ImportText(new StreamReader(all, System.Text.Encoding.UTF8, true), name, null, all)
            : new ImportText(new StreamReader(all, System.Text.Encoding.Latin1, false), name, "Latin-1", all);
    }

    /// <summary>The head may end within a character.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut < 4 && cut <= head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return cut == 0 || head.Length == HeadLength;
            }
        }

        return false;
    }

    /// <summary>RFC 1952, section 2.3.1; of the last member, modulo 2³².</summary>
    private static long GzipLength(Stream content)
    {
        var position = content.Position;
        Span<byte> last = stackalloc byte[sizeof(uint)];
        content.Seek(-Math.Min(last.Length, content.Length), SeekOrigin.End);
        content.ReadAtLeast(last, last.Length, throwOnEndOfStream: false);
        content.Position = position;
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }

    private static ReadOnlySpan<byte> Head(Stream content)
    {
        var head = new byte[4];
        var read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Seek(-read, SeekOrigin.Current);
        return head.AsSpan(0, read);
    }
}
