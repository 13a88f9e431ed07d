using System.Globalization;
using System.IO.Compression;
using System.Text;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.Testing.MarketData;

/// <summary>A file that is not as it should be, and what must be said of it.</summary>
/// <param name="Name">The file's name; symbols and dialects are told by it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Line">The line that must be named, null where it is about the file as a whole.</param>
/// <param name="Says">A part of the finding or the repair.</param>
/// <param name="IsUsable">Whether it is fit for use once what may be repaired is repaired.</param>
public sealed record BadBarFile(string Name, byte[] Content, long? Line, string Says, bool IsUsable)
{
    private const string Head = "date,open,high,low,close,volume\n";

    private static readonly Lazy<BarSeries> Walk = new(() => SyntheticMarket.Generate(
        new SyntheticMarketOptions { Bars = 1000, Volatility = 0.003, InitialPrice = 105 }, new Seed(5)));

    /// <summary>Options of the command line, such as <c>--time-zone</c>.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>One or more for each way in which files have been seen to be bad.</summary>
    public static IReadOnlyList<BadBarFile> All { get; } =
    [
        .. WithoutBars(), .. Packings(), .. Texts(), .. Numbers(), .. Stamps(), .. Bars(),
    ];

    public override string ToString() => Name;

    private static IEnumerable<BadBarFile> WithoutBars() =>
    [
        Refused("empty.csv", "", null, "is empty"),
        Refused("blank.csv", " \r\n\n\t\n", null, "is empty"),
        Refused("header-only.csv", Head, null, "has a header but no bars"),
        Refused("prose.csv", "Dear reader,\nthis is no file of bars.\n", 1, "the header lacks"),
        Refused("no-close.csv", "date,open,high,low\n2000-01-03,1,1,1\n", 1, "close"),
        Refused("two-opens.csv", "date,open,open,high,low,close\n2000-01-03,1,1,1,1,1\n", 1, "stands 2 times"),
        Refused("page.html.csv", "<!DOCTYPE html><html><body>Too many requests</body></html>\n", 1, ""),
        Refused("answer.json.csv", "{\"chart\":{\"result\":null,\"error\":\"Not Found\"}}\n", 1, ""),
        Of("binary.csv", [1, 0, 2, 0, 255, 254, 7], null, "is a binary file", false),
    ];

    private static IEnumerable<BadBarFile> Packings()
    {
        var gzip = Gzip(Days(900));
        return
        [
            Of("cut.csv.gz", gzip[..(gzip.Length / 2)], null, "damaged or incomplete", false),
            Of("flipped.csv.gz", [.. gzip[..40], (byte)~gzip[40], .. gzip[41..]], null, "", false),
            Of("two-files.zip", Zip(("a.csv", Days(9)), ("b.csv", Days(9))), null, "an archive of 2 files", false),
            Of("no-file.zip", Zip(), null, "", false),
            Of("cut.zip", Zip(("a.csv", Days(900)))[..^40], null, "damaged or incomplete", false),
        ];
    }

    private static IEnumerable<BadBarFile> Texts() =>
    [
        Repaired("utf16.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Days(60))],
            null, "encoding"),
        Repaired("utf16-big.csv",
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Days(60))],
            null, "encoding"),
        Repaired("latin.csv", Encoding.Latin1.GetBytes(Days(60).Replace("volume", "volume,größe")
            .Replace("000\n", "000,1\n")), null, "Latin-1"),
        Repaired("mixed-ends.csv", Bytes(Days(60).Replace("\n2000-01-1", "\r\n2000-01-1")),
            null, "line-ends"),
        Refused("endless-line.csv", Head + new string('7', 500_000), 2, "no longer than 65536"),
        Refused("open-quote.csv", Head + "2000-01-03,\"1,1,1,1,1\n", 2, "must close every quote"),
        Refused("long-row.csv", Head + "2000-01-03,1,1,1,1,1,9,9\n", 2, "must have as many fields"),
        Refused("short-row.csv", Head + "2000-01-03,1,1\n", 2, "must have as many fields"),
        Refused("two-symbols.csv", "symbol,date,open,high,low,close\nA,2000-01-03,1,1,1,1\nB,2000-01-04,1,1,1,1\n",
            3, "must be the symbol of the rows before it"),
    ];

    private static IEnumerable<BadBarFile> Numbers() =>
    [
        Repaired("thousands.csv", Bytes(Grouped(60, 7)), 7, "thousands-separator"),
        Repaired("decimal-comma.csv", Bytes(Days(60).Replace(",", ";").Replace(".", ",")), 2, "decimal-comma"),
        Refused("two-ways.csv", "date;open;high;low;close\n2000-01-03;1,234;2;1;1\n", 2, "decimal comma or with"),
        Repaired("no-volume-in-a-row.csv", Bytes(Changed(60, 9, "100.25,101.00,100.00,100.75,")), 9, "missing-volume"),
        Repaired("no-volume-column.csv", Bytes(Days(60).Replace(",volume", "").Replace(",5000", "")),
            null, "no bar has a volume"),
        Repaired("empty-row.csv", Bytes(Changed(60, 9, "null,null,null,null,null")), 9, "empty-bar"),
        Refused("word.csv", Head + "2000-01-03,1,1,1,oops,1\n", 2, "must be a number"),
        Repaired("too-large.csv", Bytes(Changed(60, 9, "100.25,1e400,100.00,100.75,5000")), 9, ""),
        Repaired("negative.csv", Bytes(Changed(60, 9, "100.25,101.00,100.00,-100.75,5000")), 9, ""),
        Repaired("zero.csv", Bytes(Changed(60, 9, "0,0,0,0,5000")), 9, ""),
        Repaired("negative-volume.csv", Bytes(Changed(60, 9, "100.25,101.00,100.00,100.75,-5")), 9, "volume"),
    ];

    private static IEnumerable<BadBarFile> Stamps() =>
    [
        Repaired("day-first.csv", Bytes(DayFirst(60)), 10, "date-order"),
        Refused("day-or-month.csv", Head + "03/01/2000,1,1,1,1,1\n04/01/2000,1,1,1,1,1\n", 2,
            "with the day or with the month"),
        Repaired("day-as-told.csv", Bytes(DayFirst(8)), null, "as was said") with
        {
            Options = ["--date-order", "day-first"],
        },
        Refused("undefined.csv", Head + "undefined,1,1,1,1,1\n", 2, "must be"),
        Refused("thirtieth-of-february.csv", Head + "2000-02-30,1,1,1,1,1\n", 2, "must be"),
        Repaired("left-out-hour.csv", Bytes(Hours("2016-03-13 00:30", 60)), 4, "summer time") with
        {
            Options = ["--time-zone", "America/New_York"],
        },
        Repaired("hour-twice.csv", Bytes(Hours("2016-11-06 00:30", 60, twice: "2016-11-06 01:30")), 4, "clock-change")
            with { Options = ["--time-zone", "America/New_York"] },
    ];

    private static IEnumerable<BadBarFile> Bars() =>
    [
        Repaired("newest-first.csv", Bytes(Reversed(Days(60))), null, "order"),
        Repaired("out-of-order.csv", Bytes(Swapped(Days(60), 9)), 10, "order"),
        Repaired("twice.csv", Bytes(Repeated(Days(60), 9)), 10, "duplicate"),
        Repaired("high-below-low.csv", Bytes(Changed(60, 9, "100.25,100.00,101.00,100.75,5000")), 9, ""),
        Repaired("bad-tick.csv", Bytes(Changed(60, 30, "1002.50,1010.00,1000.00,1007.50,5000")), 30, ""),
    ];

    private static BadBarFile Refused(string name, string content, long? line, string says) =>
        Of(name, Bytes(content), line, says, false);

    private static BadBarFile Repaired(string name, byte[] content, long? line, string says) =>
        Of(name, content, line, says, true);

    private static BadBarFile Of(string name, byte[] content, long? line, string says, bool isUsable) =>
        new(name, content, line, says, isUsable);

    private static byte[] Bytes(string content) => Encoding.UTF8.GetBytes(content);

    /// <summary>Weekdays from 2000-01-03 on with a header; the row of day i stands on line i + 2.</summary>
    private static string Days(int count) => Head + string.Concat(Weekdays(count).Select((day, i) =>
        $"{day:yyyy-MM-dd},{Row(i)}\n"));

    private static string DayFirst(int count) => Head + string.Concat(Weekdays(count).Select((day, i) =>
        $"{day:dd}/{day:MM}/{day:yyyy},{Row(i)}\n"));

    private static string Row(int i)
    {
        var bars = Walk.Value;
        return FormattableString.Invariant(
            $"{bars.Open[i]:0.00},{bars.High[i]:0.00},{bars.Low[i]:0.00},{bars.Close[i]:0.00},5000");
    }

    /// <summary>The same bars ten times dearer, the prices of one line with thousands separators.</summary>
    private static string Grouped(int count, int line) => Head + string.Concat(Weekdays(count).Select((day, i) =>
    {
        var prices = Row(i).Split(',')[..4].Select(price => 10 * double.Parse(price, CultureInfo.InvariantCulture));
        var form = i + 2 == line ? "\"{0:#,##0.00}\"" : "{0:0.00}";
        return $"{day:yyyy-MM-dd},"
            + string.Join(',', prices.Select(price => string.Format(CultureInfo.InvariantCulture, form, price)))
            + ",5000\n";
    }));

    private static IEnumerable<DateTime> Weekdays(int count) => Enumerable.Range(0, 2 * count)
        .Select(i => new DateTime(2000, 1, 3).AddDays(i))
        .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        .Take(count);

    private static string Changed(int count, int line, string row)
    {
        var lines = Days(count).Split('\n');
        lines[line - 1] = lines[line - 1][..11] + row;
        return string.Join('\n', lines);
    }

    /// <summary>Bars of an hour by a clock on a wall, from a moment on; one of them may stand twice.</summary>
    private static string Hours(string first, int count, string? twice = null)
    {
        var start = DateTime.Parse(first, CultureInfo.InvariantCulture);
        var text = new StringBuilder(Head);
        for (var i = 0; i < count; i++)
        {
            var stamp = start.AddHours(i).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            text.Append(stamp).Append(',').Append(Row(i)).Append('\n');
            if (stamp == twice)
            {
                text.Append(stamp).Append(',').Append(Row(i + 1)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Reversed(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        return string.Join('\n', lines[..1].Concat(lines[1..].Reverse())) + "\n";
    }

    private static string Swapped(string text, int line)
    {
        var lines = text.Split('\n');
        (lines[line - 1], lines[line]) = (lines[line], lines[line - 1]);
        return string.Join('\n', lines);
    }

    private static string Repeated(string text, int line)
    {
        var lines = text.Split('\n').ToList();
        lines.Insert(line, lines[line - 1]);
        return string.Join('\n', lines);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static byte[] Zip(params (string Entry, string Text)[] entries)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, text) in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
                writer.Write(text);
            }
        }

        return packed.ToArray();
    }
}
