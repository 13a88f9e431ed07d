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
        foreach (var file in SymbolFiles.Find(folder, request.Symbol, request.Timeframe))
        {
            cancellation.ThrowIfCancellationRequested();
            parts.Add(BarImporter.Read(file, options with { Symbol = request.Symbol }));
        }

        return new BarPage(parts is [var only] ? only : Together(parts));
    }

    private static ImportedBars Together(List<ImportedBars> parts)
    {
        BarDraft[] drafts = [.. parts.Select(part => part.Bars).OfType<BarDraft>().OrderBy(draft => draft.Times.Span[0])];
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
