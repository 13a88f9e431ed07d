using System.Collections.Immutable;
using TrainingCluster.Cli.Errors;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.Cli.Commands.Train;

/// <param name="Words">Files, folders and places in the store.</param>
/// <param name="State">The folder of the state, which holds the store.</param>
/// <param name="AcceptQuality">Use what does not pass the gate too.</param>
/// <param name="From">First time to use; null for the first there is.</param>
/// <param name="To">Last time to use; null for the last there is.</param>
/// <param name="Purpose">What is done with them: "trained on".</param>
internal sealed record DataRequest(
    ImmutableArray<string> Words, string State, bool AcceptQuality, DateTimeOffset? From, DateTimeOffset? To,
    string Purpose);

/// <summary>
/// Reads what a command names as DATA: files of any dialect, folders of them, and bars of the store. Files are
/// repaired and must pass the gate.
/// </summary>
internal sealed class TrainingDataSource(DataRequest request, TimeProvider clock)
{
    private const string StorePrefix = "store:";
    private static readonly string[] Samples = ["bundled bars are in samples/: sp500-daily.csv, aapl-daily.csv"];

    /// <exception cref="UserErrorException">A source is missing or did not pass.</exception>
    /// <exception cref="BarDataException">Rows of a file could not be read.</exception>
    /// <exception cref="BarPanelException">The symbols do not go together.</exception>
    public TrainingData Read()
    {
        var words = request.Words;
        ImmutableArray<TrainingBatch> whole = [.. words.SelectMany(OfWord)];
        ImmutableArray<TrainingBatch> batches =
            [.. whole.Select(Cut).OrderBy(batch => batch.Bars.Symbol, StringComparer.Ordinal)];
        return new TrainingData(BarPanel.Of(batches.Select(batch => batch.Bars)), batches)
        {
            Name = words.Length == 1
                ? NameOf(words[0])
                : string.Join("+", batches.Select(batch => batch.Bars.Symbol)),
        };
    }

    private static string NameOf(string word) => word.StartsWith(StorePrefix, StringComparison.Ordinal)
        ? word
        : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(word)));

    private IEnumerable<TrainingBatch> OfWord(string word)
    {
        if (word.StartsWith(StorePrefix, StringComparison.Ordinal))
        {
            return [OfStore(word)];
        }

        if (Directory.Exists(word))
        {
            var batches = BarImporter.ReadFolder(word).Select(Judged).ToArray();
            return batches.Length > 0 ? batches : throw Missing($"the folder {Path.GetFullPath(word)} holds no bars");
        }

        return File.Exists(word)
            ? [Judged(BarImporter.Read(word))]
            : throw Missing($"there is no file {Path.GetFullPath(word)}");
    }

    private TrainingBatch Judged(ImportedBars read)
    {
        var verdict = BatchGate.Judge(read, new BatchOptions { Repair = new RepairOptions() });
        var source = Path.GetFileName(read.Source);
        var unreadable = read.TotalViolations > 0;
        if (verdict.Bars is { } bars && !unreadable)
        {
            return new TrainingBatch(bars, source, verdict.Report!, verdict.Repairs, []);
        }

        if (read.Bars is null || (unreadable && !request.AcceptQuality))
        {
            throw new BarDataException(read.Violations, read.TotalViolations);
        }

        ImmutableArray<string> reasons =
        [
            .. verdict.Reasons,
            .. unreadable ? [$"{read.TotalViolations} rows could not be read and are left out"] : Array.Empty<string>(),
        ];
        return request.AcceptQuality
            ? new TrainingBatch(
                verdict.Bars ?? BarSeries.Create(verdict.Draft!), source, verdict.Report!, verdict.Repairs, reasons)
            : throw Refused(read.Source, verdict, reasons);
    }

    private UserErrorException Refused(string source, BatchVerdict verdict, ImmutableArray<string> reasons) =>
        new(new UserError(ExitCode.CheckFailed, "data.not_passed", $"{source} may not be {request.Purpose}")
        {
            Details =
            [
                .. reasons,
                .. verdict.Report!.Findings.Where(finding => finding.Severity != QualitySeverity.Critical)
                    .Select(finding => $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Check}: "
                        + finding.Detail),
            ],
            Hints = [$"trainctl data check {source} tells more; --accept-quality uses it all the same"],
        });

    private TrainingBatch OfStore(string word)
    {
        var folder = HeldBars.StoreFolder(request.State);
        IReadOnlyList<StoredBars> rows = Directory.Exists(folder) ? new BarStore(folder, clock).List() : [];
        var reference = StoreReference.Parse(word[StorePrefix.Length..])
            ?? throw new UserErrorException(new UserError(
                ExitCode.Usage, "data.store_reference",
                $"'{word}' is no place in the store; it must be store:SYMBOL, store:SYMBOL@1m or "
                + "store:SOURCE/SYMBOL@1d"));
        var found = rows.Where(row => reference.Fits(row.Key)).ToArray();
        if (found is not [var row])
        {
            throw new UserErrorException(new UserError(
                ExitCode.NotFound, found.Length == 0 ? "data.not_stored" : "data.store_ambiguous",
                found.Length == 0 ? $"the store has no bars '{word}'" : $"'{word}' names several data sets")
            {
                Details = [.. (found.Length == 0 ? rows : found).Select(one => StoreReference.Of(one.Key))],
                Hints = ["store bars with: trainctl data import FILE"],
            });
        }

        var bars = new BarStore(folder, clock).Open(row.Key) ?? throw Missing($"the store has lost {row.Key}");
        return Judged(new ImportedBars(
            StorePrefix + row.Key, null, bars.ToDraft(), RepairList.None, [], 0)) with
        { Source = word, Stored = row };
    }

    private TrainingBatch Cut(TrainingBatch batch)
    {
        var (from, to) = (request.From, request.To);
        var all = batch.Bars;
        var bars = from is null && to is null ? all : all.Between(from, to);
        return bars.Count > 0 ? batch with { Bars = bars } : throw new UserErrorException(new UserError(
            ExitCode.Usage, "data.window_empty",
            $"{batch.Source} has no bars{Bound(" from", from)}{Bound(" to", to)}")
        {
            Details = [$"its bars go from {BarsNote.Day(all, 0)} to {BarsNote.Day(all, all.Count - 1)}"],
        });
    }

    private static string Bound(string word, DateTimeOffset? time) =>
        time is { } day ? $"{word} {day:yyyy-MM-dd}" : "";

    private static UserErrorException Missing(string message) =>
        new(new UserError(ExitCode.Usage, "data.missing", message) { Hints = [.. Samples] });
}
