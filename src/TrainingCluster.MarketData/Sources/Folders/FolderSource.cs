using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Sources.Folders;

/// <summary>Files of every dialect that <see cref="BarImporter"/> reads, found by their names.</summary>
/// <param name="folder">Where the files lie.</param>
/// <param name="options">What the files do not say of themselves; the symbol comes from the request.</param>
public sealed class FolderSource(string folder, BarImportOptions options) : IBarSource
{
    public string Name => "folder";

    public Task<BarPage> ReadAsync(BarRequest request, CancellationToken cancellation) =>
        Task.Run(() => Read(request, cancellation), cancellation);

    private BarPage Read(BarRequest request, CancellationToken cancellation)
    {
        var parts = new List<ImportedBars>();
        var files = SymbolFiles.Find(folder, request.Symbol, request.Timeframe);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            parts.Add(BarImporter.Read(file, options with { Symbol = request.Symbol }));
        }

        return parts is [var only]
            ? new BarPage(only)
            : new BarPage(Together(parts)) { Notes = [Note(files, parts)] };
    }

    private static string Note(IReadOnlyList<string> files, List<ImportedBars> parts)
    {
        var names = string.Join(", ", files.Select(Path.GetFileName));
        var spans = parts.Select(part => part.Bars).OfType<BarDraft>()
            .Select(bars => (First: bars.Times.ToArray().Min(), Last: bars.Times.ToArray().Max()))
            .OrderBy(span => span.First).ToArray();
        var overlap = spans.Zip(spans.Skip(1)).Any(pair => pair.Second.First <= pair.First.Last);
        return $"{parts.Count} files were put together: {names}"
            + (overlap ? "; some of their bars have the same stamps, and the later file's were kept" : "");
    }

    private static ImportedBars Together(List<ImportedBars> parts)
    {
        BarDraft[] drafts =
            [.. parts.Select(part => part.Bars).OfType<BarDraft>().OrderBy(draft => draft.Times.Span[0])];
        return parts.Aggregate((all, part) => all with
        {
            Repairs = all.Repairs.Then(part.Repairs),
            Violations = [.. all.Violations.Concat(part.Violations).Take(BarDataException.Shown)],
            TotalViolations = all.TotalViolations + part.TotalViolations,
        }) with
        {
            Bars = drafts.Length == 0 ? null : BarDraftRows.Concat(drafts),
        };
    }
}
