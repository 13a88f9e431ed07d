using System.Buffers.Binary;
using System.IO.Compression;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// Reads bars from comma-, semicolon- or tab-separated UTF-8 text with a header, plain or gzipped. The header
/// names, in any order and case, a stamp (date, timestamp, time, datetime), open, high, low, close, and
/// optionally volume. An adjusted close is left aside; other numeric columns become <see
/// cref="BarSeries.Extra"/>; text columns are ignored. Empty lines are skipped. A missing volume column is
/// filled with 0.
/// </summary>
public static class CsvBarReader
{
    /// <param name="path">A file; gzip is recognised by its content, not by its name.</param>
    /// <param name="options">Null for none.</param>
    /// <exception cref="BarDataException">The file cannot be read or breaks a rule; all violations are listed
    /// with file, line, column, value and rule.</exception>
    public static BarSeries Read(string path, CsvReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(Open(path), path, options);
    }

    /// <param name="content">Seekable; read to its end and closed.</param>
    /// <param name="source">As errors name it; its last part without extensions becomes the symbol.</param>
    /// <param name="options">Null for none.</param>
    /// <exception cref="BarDataException">As for a file.</exception>
    public static BarSeries Read(Stream content, string source, CsvReadOptions? options = null)
    {
        var violations = new BarViolations();
        var draft = ReadRows(content, source, options ?? new CsvReadOptions(), violations, out _);
        BarRules.Check(draft, violations);
        violations.ThrowIfAny();
        return BarSeries.Adopt(draft);
    }

    /// <summary>
    /// The bars as they stand in the file, also where they break the rules of a series: for checks and
    /// repairs.
    /// </summary>
    /// <exception cref="BarDataException">The text cannot be read as bars.</exception>
    public static BarDraft ReadDraft(Stream content, string source, CsvReadOptions? options = null) =>
        ReadDraft(content, source, options, out _);

    /// <param name="content">As above.</param>
    /// <param name="source">As above.</param>
    /// <param name="options">As above.</param>
    /// <param name="ends">How many lines end with LF and how many with CR LF.</param>
    internal static BarDraft ReadDraft(
        Stream content, string source, CsvReadOptions? options, out (long LineFeed, long Both) ends)
    {
        var violations = new BarViolations();
        var draft = ReadRows(content, source, options ?? new CsvReadOptions(), violations, out ends);
        violations.ThrowIfAny();
        return draft;
    }

    private static BarDraft ReadRows(
        Stream content, string source, CsvReadOptions options, BarViolations violations,
        out (long LineFeed, long Both) ends)
    {
        try
        {
            using var plain = Unzip(content);
            using var lines = new CsvLines(plain);
            RequireText(lines, source);
            if (plain is not GZipStream)
            {
                var rows = ReadRows(lines, content.Length, source, options, violations);
                ends = lines.Ends;
                return rows;
            }

            var announced = GzipLength(content);
            var draft = ReadRows(lines, length: 0, source, options, violations);
            ends = lines.Ends;
            return lines.BytesRead >= announced ? draft : throw new InvalidDataException();
        }
        catch (InvalidDataException)
        {
            throw Unusable(source, "is a damaged or incomplete gzip file; fetch it again");
        }
    }

    private static BarDraft ReadRows(
        CsvLines lines, long length, string source, CsvReadOptions options, BarViolations violations)
    {
        var header = ReadHeader(lines, source, options);
        var rows = new CsvRows(header, source, violations, ExpectedRows(lines, length));
        var any = false;
        while (lines.TryNext(out var line))
        {
            if (line.TrimStart(" \t"u8).IsEmpty)
            {
                continue;
            }

            any = true;
            rows.Add(line, lines.Number);
            if (rows.Count > options.MostRows)
            {
                throw RowLimit.Exceeded(source, lines.Number, options.MostRows);
            }
        }

        RequireLines(lines, source);
        if (!any)
        {
            throw Unusable(source, "has a header but no bars below it");
        }

        return rows.ToDraft(options.Symbol ?? rows.Symbol ?? SymbolOf(source));
    }

    /// <summary>So that columns seldom grow: the content's length over that of its first lines.</summary>
    private static int ExpectedRows(CsvLines lines, long length)
    {
        var head = lines.Ahead;
        var average = (double)head.Length / Math.Max(head.Count((byte)'\n'), 1);
        return average < 1 ? 0 : (int)Math.Min(length / average * 1.01 + 16, 1 << 24);
    }

    private static CsvHeader ReadHeader(CsvLines lines, string source, CsvReadOptions options)
    {
        while (lines.TryNext(out var line))
        {
            if (!line.TrimStart(" \t"u8).IsEmpty)
            {
                return CsvHeader.Parse(line, lines.Number, source, options.Separator);
            }
        }

        RequireLines(lines, source);
        throw Unusable(source, "is empty; it must hold a header and bars");
    }

    private static FileStream Open(string path)
    {
        try
        {
            // The reader keeps its own buffer, so that the stream needs none.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (UnauthorizedAccessException)
        {
            throw Unusable(path, Directory.Exists(path)
                ? "is a folder; name a file of bars in it"
                : "may not be read; check its permissions");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable(path, "does not exist; check the path");
        }
    }

    private static Stream Unzip(Stream content)
    {
        // Large enough that reading plain text straight through it costs nothing.
        var buffered = new BufferedStream(content, 1 << 16);
        Span<byte> head = stackalloc byte[2];
        var read = buffered.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        buffered.Seek(-read, SeekOrigin.Current);
        return head[..read].SequenceEqual((ReadOnlySpan<byte>)[0x1f, 0x8b])
            ? new GZipStream(buffered, CompressionMode.Decompress)
            : buffered;
    }

    /// <summary>
    /// The length of the plain text (of its last member) that the last four bytes announce (RFC 1952, section
    /// 2.3.1). The platform reads a file that was cut off as if it were whole; there these bytes are
    /// arbitrary.
    /// </summary>
    private static long GzipLength(Stream content)
    {
        var position = content.Position;
        Span<byte> last = stackalloc byte[sizeof(uint)];
        content.Seek(-Math.Min(last.Length, content.Length), SeekOrigin.End);
        content.ReadAtLeast(last, last.Length, throwOnEndOfStream: false);
        content.Position = position;
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }

    private static void RequireText(CsvLines lines, string source)
    {
        if (lines.Ahead.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe])
            || lines.Ahead.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            throw Unusable(source, "is UTF-16 text; save it as UTF-8");
        }

        var head = lines.Ahead[..Math.Min(lines.Ahead.Length, 4096)];
        if (head.Contains((byte)0))
        {
            throw Unusable(source, "is a binary file; it must be text with a header and bars");
        }

        if (!head.Contains((byte)'\n') && head.Count((byte)'\r') > 1)
        {
            throw Unusable(source, "ends its lines with CR alone; save it with LF or CR LF");
        }

        if (lines.Ahead.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            lines.Skip(3);
        }
    }

    private static void RequireLines(CsvLines lines, string source)
    {
        if (lines.TooLong)
        {
            throw new BarDataException(new BarViolation(
                source, lines.Number, null, null,
                $"must be no longer than {CsvLines.LongestLine} bytes; this is no file of bars"));
        }
    }

    private static BarDataException Unusable(string source, string rule) =>
        new(new BarViolation(source, null, null, null, rule));

    private static string SymbolOf(string source)
    {
        var name = Path.GetFileName(source);
        name = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Path.GetFileNameWithoutExtension(name);
    }
}
