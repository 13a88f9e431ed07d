using System.Text.Json;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>
/// Pages of a fetch that is not complete, on disk, so that a broken one goes on where it stopped. They are no part of
/// the store: nobody reads them but the next fetch of the same series. Held by one process at a time.
/// </summary>
internal sealed class PendingPages : IDisposable
{
    /// <summary>Older pages may be of prices from before a split.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly string _folder;
    private readonly string _symbol;
    private readonly TimeProvider _clock;
    private readonly FileStream _lock;
    private int _pages;

    private PendingPages(string folder, string symbol, TimeProvider clock, FileStream held)
    {
        _folder = folder;
        _symbol = symbol;
        _clock = clock;
        _lock = held;
    }

    private string NoteFile => Path.Combine(_folder, "request.json");

    /// <summary>Null while somebody else holds those of the same series.</summary>
    public static PendingPages? TryOpen(string root, BarKey key, TimeProvider clock)
    {
        var folder = Path.Combine(
            root, "pending", Digest.Of($"{key.Source}\n{key.Symbol}\n{key.IntervalMilliseconds}").Short);
        Directory.CreateDirectory(folder);
        try
        {
            var held = new FileStream(
                Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new PendingPages(folder, key.Symbol, clock, held);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Pages from before, in their order, and where they began; none where they are too old, begin later than asked,
    /// or end before. Pages from a damaged one on are dropped.
    /// </summary>
    public (DateTimeOffset From, IReadOnlyList<BarDraft> Pages) Resume(BarRequest request)
    {
        if (ReadNote() is not { } note || note.From > request.From || _clock.GetUtcNow() - note.Started > Longest)
        {
            Clear();
            return (request.From, []);
        }

        var pages = new List<BarDraft>();
        foreach (var file in Files())
        {
            try
            {
                pages.Add(BarFile.Read(file, _symbol).ToDraft() with { Source = request.Symbol });
            }
            catch (BarFileCorruptException)
            {
                break;
            }
        }

        if (pages.Count == 0 || pages[^1].Times.Span[^1] < request.FirstMilliseconds)
        {
            Clear();
            return (request.From, []);
        }

        foreach (var file in Files().Skip(pages.Count))
        {
            File.Delete(file);
        }

        _pages = pages.Count;
        return (note.From, pages);
    }

    /// <param name="from">Where the fetch began.</param>
    /// <param name="page">At least one bar.</param>
    public void Add(DateTimeOffset from, BarDraft page)
    {
        if (_pages == 0)
        {
            File.WriteAllText(NoteFile, JsonSerializer.Serialize(new Note(from, _clock.GetUtcNow())));
        }

        BarFile.Write(Path.Combine(_folder, $"{_pages:00000}.bars"), BarSeries.Adopt(page));
        _pages++;
    }

    public void Clear()
    {
        File.Delete(NoteFile);
        foreach (var file in Files())
        {
            File.Delete(file);
        }

        _pages = 0;
    }

    public void Dispose() => _lock.Dispose();

    private string[] Files() => [.. Directory.GetFiles(_folder, "*.bars").Order(StringComparer.Ordinal)];

    private Note? ReadNote()
    {
        try
        {
            return JsonSerializer.Deserialize<Note>(File.ReadAllText(NoteFile));
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }

    private sealed record Note(DateTimeOffset From, DateTimeOffset Started);
}
