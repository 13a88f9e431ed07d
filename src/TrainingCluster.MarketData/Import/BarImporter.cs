using System.Collections.Immutable;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>
/// Reads bars from files of many dialects. What is wrong with a file is part of the answer: no content makes it
/// throw. Files in the usual form take the way of <see cref="CsvBarReader"/>, which is several times faster.
/// </summary>
public static class BarImporter
{
    private const int HeadLines = 40;

    private static readonly ImmutableArray<string> Extensions = [".csv", ".txt", ".tsv", ".gz", ".zip", ".prn"];

    public static ImportedBars Read(string path, BarImportOptions? options = null) =>
        Read(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), path, options);

    /// <param name="open">May be called twice; gives a seekable stream.</param>
    /// <param name="name">As findings name it; its last part without extensions becomes the symbol.</param>
    /// <param name="options">Null for none.</param>
    public static ImportedBars Read(Func<Stream> open, string name, BarImportOptions? options = null)
    {
        options ??= new BarImportOptions();
        try
        {
            return ReadPlain(open, name, options) ?? ReadLoose(open, name, options);
        }
        catch (BarDataException wrong)
        {
            return Failed(name, wrong);
        }
        catch (InvalidDataException)
        {
            return Failed(name, ImportText.Unusable(name, "is a damaged or incomplete archive; fetch it again"));
        }
        catch (UnauthorizedAccessException)
        {
            return Failed(name, ImportText.Unusable(name, Directory.Exists(name)
                ? "is a folder; name a file of bars in it"
                : "may not be read; check its permissions"));
        }
        catch (IOException missing)
        {
            return Failed(name, ImportText.Unusable(name, missing is FileNotFoundException or DirectoryNotFoundException
                ? "does not exist; check the path"
                : "cannot be read to its end; check the disk it lies on"));
        }
    }

    /// <summary>Every file of bars in a folder, by name, one after the other.</summary>
    public static IEnumerable<ImportedBars> ReadFolder(string folder, BarImportOptions? options = null) =>
        FilesIn(folder, SearchOption.TopDirectoryOnly).Select(file => Read(file, options));

    /// <summary>Files of a folder whose names end as those of bars do, by path.</summary>
    public static IReadOnlyList<string> FilesIn(string folder, SearchOption depth = SearchOption.AllDirectories) =>
    [
        .. Directory.EnumerateFiles(folder, "*", depth)
            .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Null where the file needs more than the usual form, or something is wrong with it.</summary>
    private static ImportedBars? ReadPlain(Func<Stream> open, string name, BarImportOptions options)
    {
        if (options.Zone is not null || options.PriceColumn is not null || options.TimeColumn is not null)
        {
            return null;
        }

        try
        {
            var draft = CsvBarReader.ReadDraft(
                open(), name, new CsvReadOptions
                {
                    Symbol = options.Symbol,
                    Separator = options.Separator,
                    MostRows = options.MostRows,
                },
                out var ends);
            var repairs = new RepairLog();
            NoteEnds(name, (ends.LineFeed, ends.Both, 0), repairs);
            return new ImportedBars(name, BarDialect.Header, draft, repairs.ToList(), [], 0);
        }
        catch (BarDataException wrong) when (!RowLimit.IsExceeded(wrong, options.MostRows))
        {
            return null;
        }
    }

    private static ImportedBars ReadLoose(Func<Stream> open, string name, BarImportOptions options)
    {
        using var content = open();
        var text = ImportText.Open(content, name);
        using var reader = text.Reader;
        var lines = new ImportLines(reader);
        var head = new List<string>();
        while (head.Count < HeadLines && lines.Next() is { } line)
        {
            head.Add(line);
        }

        RequireLines(lines, text.Name);
        if (head.TrueForAll(string.IsNullOrWhiteSpace))
        {
            throw ImportText.Unusable(text.Name, "is empty; it must hold a header and bars");
        }

        var form = FormProbe.Of(head, text.Name, options);
        var violations = new BarViolations();
        var repairs = new RepairLog();
        var rows = new ImportRows(form, text.Name, violations, repairs);
        ReadRows(rows, form, head, lines, options.MostRows);
        RequireLines(lines, text.Name);
        text.RequireWhole();
        if (!rows.Any)
        {
            throw ImportText.Unusable(text.Name, "has a header but no bars below it");
        }

        NoteForm(text, lines, form, repairs);
        var symbol = options.Symbol ?? rows.Symbol ?? SymbolOf(name);
        var draft = rows.ToDraft(symbol, options);
        if (draft is null && violations.Total == 0)
        {
            violations.Add(new BarViolation(text.Name, null, null, null, "has no row with prices"));
        }

        var (shown, total) = violations.Listed();
        return new ImportedBars(text.Name, form.Dialect, draft, repairs.ToList(), shown, total);
    }

    private static void ReadRows(ImportRows rows, RowForm form, List<string> head, ImportLines lines, int most)
    {
        for (var i = form.HeadLines; i < head.Count; i++)
        {
            Add(head[i], i + 1);
        }

        while (lines.Next() is { } line)
        {
            Add(line, lines.Number);
        }

        void Add(string line, long number)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                rows.Add(line, number);
            }

            if (rows.Count > most)
            {
                throw RowLimit.Exceeded(rows.Source, number, most);
            }
        }
    }

    /// <summary>What had to be assumed about the file as a whole.</summary>
    private static void NoteForm(ImportText text, ImportLines lines, RowForm form, RepairLog repairs)
    {
        if (text.Encoding is { } encoding)
        {
            Note("encoding", $"is {encoding} text, not UTF-8; decoded");
        }

        NoteEnds(text.Name, lines.Ends, repairs);

        if (form.Open == form.Close)
        {
            Note("close-only", $"has one price a bar, '{form.Names[form.Close]}'; open, high and low filled with it");
        }

        void Note(string rule, string detail) => repairs.Add(new BarRepair(rule, text.Name, null, null, detail));
    }

    private static void NoteEnds(string name, (long LineFeed, long Both, long Alone) ends, RepairLog repairs)
    {
        if ((ends.LineFeed > 0 ? 1 : 0) + (ends.Both > 0 ? 1 : 0) + (ends.Alone > 0 ? 1 : 0) > 1)
        {
            repairs.Add(new BarRepair(
                "line-ends", name, null, null,
                $"ends {ends.LineFeed} lines with LF, {ends.Both} with CR LF and {ends.Alone} with CR; all accepted"));
        }
    }

    private static void RequireLines(ImportLines lines, string name)
    {
        if (lines.TooLong)
        {
            throw new BarDataException(new BarViolation(
                name, lines.Number, null, null,
                $"must be no longer than {ImportLines.LongestLine} characters; this is no file of bars"));
        }
    }

    private static ImportedBars Failed(string name, BarDataException wrong) =>
        new(name, null, null, RepairList.None, wrong.Violations, wrong.Total);

    /// <summary>A file's name without what says how it is packed and written.</summary>
    internal static string SymbolOf(string name)
    {
        var file = Path.GetFileName(name);
        foreach (var packing in new[] { ".gz", ".zip" })
        {
            file = file.EndsWith(packing, StringComparison.OrdinalIgnoreCase) ? file[..^packing.Length] : file;
        }

        return Path.GetFileNameWithoutExtension(file);
    }
}
