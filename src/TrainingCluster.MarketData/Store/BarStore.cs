using System.Collections.Immutable;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Store;

/// <summary>
/// Bars on disk: one file a data set, never changed once written, and a catalogue that says which file is the newest.
/// Appending writes a new file and moves the catalogue's row to it, so that readers see all of an append or nothing,
/// and neither wait nor hold anybody up. Several processes may share a store.
/// </summary>
public sealed class BarStore
{
    public const long DefaultLimitBytes = 1000L * 1024 * 1024;

    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly long _limit;
    private readonly BarCatalogue _catalogue;

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="clock">For the times of fetching and of use.</param>
    /// <param name="limitBytes">What the files may hold before the least recently used are dropped.</param>
    public BarStore(string folder, TimeProvider clock, long limitBytes = DefaultLimitBytes)
    {
        _folder = folder;
        _clock = clock;
        _limit = limitBytes;
        Directory.CreateDirectory(folder);
        _catalogue = new BarCatalogue(Path.Combine(folder, "catalogue.db"));
    }

    public IReadOnlyList<StoredBars> List() => _catalogue.All();

    public StoredBars? Find(BarKey key) => _catalogue.Find(key);

    /// <summary>Adds bars; where a stamp is stored already the new bar counts.</summary>
    /// <returns>The new row, how many bars are new, and how many stored ones were revised.</returns>
    /// <exception cref="BarFileCorruptException">The stored file is damaged; see <see cref="Repair"/>.</exception>
    public (StoredBars Row, int Added, int Revised) Append(BarKey key, BarSeries fetched)
    {
        ArgumentOutOfRangeException.ThrowIfZero(fetched.Count);
        while (true)
        {
            var before = _catalogue.Find(key);
            if (!TryJoin(key, before, fetched, out var joined))
            {
                continue;
            }

            var (bars, added, revised) = joined;
            if (before is not null && added == 0 && revised == 0)
            {
                return (before, 0, 0);
            }

            if (TryCommit(before, bars, key, out var row))
            {
                return (row, added, revised);
            }
        }
    }

    /// <summary>Puts bars in place of all that are stored.</summary>
    public StoredBars Replace(BarKey key, BarSeries bars)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bars.Count);
        while (true)
        {
            var before = _catalogue.Find(key);
            if (before?.Digest == bars.Digest)
            {
                return before;
            }

            if (TryCommit(before, bars, key, out var row))
            {
                return row;
            }
        }
    }

    /// <summary>False where somebody else has replaced the catalogue's row meanwhile.</summary>
    private bool TryCommit(StoredBars? before, BarSeries bars, BarKey key, out StoredBars row)
    {
        row = Write(key, bars);
        if (!_catalogue.Replace(row, before?.Digest))
        {
            return false;
        }

        DropIfUnused(before, row);
        Shrink(keep: row.File);
        return true;
    }

    /// <summary>False where somebody else has replaced the stored file meanwhile.</summary>
    private bool TryJoin(
        BarKey key, StoredBars? before, BarSeries fetched, out (BarSeries Bars, int Added, int Revised) joined)
    {
        try
        {
            joined = before is null
                ? (fetched, fetched.Count, 0)
                : BarJoin.Of(BarFile.Read(PathOf(before), key.Symbol), fetched);
            return true;
        }
        catch (BarFileCorruptException) when (_catalogue.Find(key)?.File != before?.File)
        {
            joined = default;
            return false;
        }
    }

    /// <summary>The newest bars; null where there are none.</summary>
    /// <exception cref="BarFileCorruptException">The file is damaged.</exception>
    public BarSeries? Open(BarKey key)
    {
        // The file may be replaced between the look into the catalogue and the opening: look again then.
        for (var attempt = 0; ; attempt++)
        {
            if (_catalogue.Find(key) is not { } row)
            {
                return null;
            }

            try
            {
                var bars = BarFile.Read(PathOf(row), key.Symbol);
                Touch(row);
                return bars;
            }
            catch (BarFileCorruptException) when (attempt < 3 && _catalogue.Find(key)?.File != row.File)
            {
            }
        }
    }

    /// <summary>The newest bars; a damaged file is put aside and fetched again.</summary>
    /// <param name="key">Of what.</param>
    /// <param name="fetch">Gives all bars of the key anew.</param>
    /// <param name="refetched">Whether it had to be called.</param>
    public BarSeries OpenOrFetch(BarKey key, Func<BarSeries> fetch, out bool refetched)
    {
        refetched = false;
        try
        {
            if (Open(key) is { } bars)
            {
                return bars;
            }
        }
        catch (BarFileCorruptException)
        {
            Repair(key);
        }

        refetched = true;
        Append(key, fetch());
        return Open(key)!;
    }

    /// <summary>Puts a damaged file aside as <c>.damaged</c>; true where there was one.</summary>
    public bool Repair(BarKey key)
    {
        if (_catalogue.Find(key) is not { } row)
        {
            return false;
        }

        try
        {
            BarFile.Read(PathOf(row), key.Symbol);
            return false;
        }
        catch (BarFileCorruptException)
        {
            _catalogue.Forget(row);
            if (File.Exists(PathOf(row)))
            {
                File.Move(PathOf(row), PathOf(row) + ".damaged", overwrite: true);
            }

            return true;
        }
    }

    /// <summary>Keeps splits and dividends with a series, whose bars stay as they are.</summary>
    public void Keep(BarKey key, IReadOnlyCollection<PriceFactor> factors)
    {
        if (factors.Count > 0)
        {
            _catalogue.Keep(key, factors);
        }
    }

    /// <summary>Splits and dividends that were kept, in order of time; they go when the series is dropped.</summary>
    public ImmutableArray<PriceFactor> FactorsOf(BarKey key) => _catalogue.FactorsOf(key);

    /// <summary>From now until <see cref="Release"/> the file of this row is not dropped.</summary>
    public void Use(string run, StoredBars row) => _catalogue.Use(run, row.File);

    public void Release(string run)
    {
        foreach (var file in _catalogue.Release(run))
        {
            File.Delete(Path.Combine(_folder, file));
        }
    }

    /// <summary>Drops the least recently used files until the limit holds or only used ones are left.</summary>
    /// <returns>What was dropped.</returns>
    public IReadOnlyList<StoredBars> Shrink(string? keep = null)
    {
        var rows = _catalogue.All();
        var total = rows.Sum(row => row.Bytes);
        var used = _catalogue.Used();
        var dropped = new List<StoredBars>();
        foreach (var row in rows.Where(row => row.File != keep && !used.Contains(row.File)).OrderBy(LastUse))
        {
            if (total <= _limit)
            {
                break;
            }

            if (_catalogue.Remove(row))
            {
                File.Delete(PathOf(row));
                total -= row.Bytes;
                dropped.Add(row);
            }
        }

        return dropped;
    }

    private StoredBars Write(BarKey key, BarSeries bars)
    {
        var name = Digest.Of($"{key.Source}\n{key.Symbol}\n{key.IntervalMilliseconds}").Short;
        var file = Path.Combine(name, $"{bars.Digest.Short}.bars");
        var path = Path.Combine(_folder, file);
        BarFile.Write(path, bars);
        var now = _clock.GetUtcNow();
        File.SetLastAccessTimeUtc(path, now.UtcDateTime);
        return new StoredBars(
            key, file, bars.Count, DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[0]),
            DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[^1]), new FileInfo(path).Length, bars.Digest, now);
    }

    private void DropIfUnused(StoredBars? before, StoredBars row)
    {
        if (before is not null && before.File != row.File && !_catalogue.Used().Contains(before.File))
        {
            File.Delete(PathOf(before));
        }
    }

    private DateTime LastUse(StoredBars row) => File.GetLastAccessTimeUtc(PathOf(row));

    /// <summary>The time of use is the file's own, so that reading writes nothing into the catalogue.</summary>
    private void Touch(StoredBars row)
    {
        try
        {
            File.SetLastAccessTimeUtc(PathOf(row), _clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A store that may only be read, or a file replaced meanwhile: the order of dropping suffers, nothing else.
        }
    }

    private string PathOf(StoredBars row) => Path.Combine(_folder, row.File);
}
