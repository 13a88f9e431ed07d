using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Store;

public sealed class BarStoreSpecs : IDisposable
{
    private static readonly BarKey Key = new("csv", "TEST", TimeSpan.FromDays(1));

    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;
    private readonly Clock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_stored_is_read_again_with_the_same_digest()
    {
        var bars = Bars.Daily(300).Noisy(0.01).WithColumn("mood", [.. Enumerable.Range(0, 300).Select(i => i / 7.0)])
            .Build();
        var store = Store();

        var (row, added, revised) = store.Append(Key, bars);

        Assert.Equal((300, 0), (added, revised));
        Assert.Equal(bars.Digest, row.Digest);
        Assert.Equal(bars.Digest, Store().Open(Key)!.Digest);
        Assert.Equal(["mood"], store.Open(Key)!.Extra.Select(column => column.Name));
        Assert.Equal(_clock.GetUtcNow(), Assert.Single(store.List()).FetchedAt);
    }

    [Fact]
    public void Appended_bars_are_joined_and_overlapping_ones_compared()
    {
        var bars = Bars.Daily(300).Noisy(0.01).Build();
        var store = Store();
        store.Append(Key, bars.Slice(0, 200));

        var (_, added, revised) = store.Append(Key, bars.Slice(150, 150));
        var again = store.Append(Key, bars);

        Assert.Equal((100, 0), (added, revised));
        Assert.Equal((0, 0), (again.Added, again.Revised));
        Assert.Equal(bars.Digest, store.Open(Key)!.Digest);
        Assert.Single(Directory.GetFiles(_folder, "*.bars", SearchOption.AllDirectories));
    }

    [Fact]
    public void Splits_and_dividends_are_kept_with_their_series_and_go_with_it()
    {
        var store = Store();
        store.Append(Key, Bars.Daily(30).Noisy(0.01).Build());
        var split = new PriceFactor(86_400_000, SharesPerOld: 4);
        store.Keep(Key, [new PriceFactor(86_400_000, Dividend: 0.2), split]);
        store.Keep(Key, [new PriceFactor(86_400_000, Dividend: 0.3)]);

        var kept = Store().FactorsOf(Key);

        Assert.Equal<PriceFactor>([new PriceFactor(86_400_000, Dividend: 0.3), split], kept);
        Assert.Empty(store.FactorsOf(Key with { Symbol = "OTHER" }));
        Assert.Single(new BarStore(_folder, _clock, limitBytes: 1).Shrink());
        Assert.Empty(store.FactorsOf(Key));
    }

    [Fact]
    public void A_bar_that_the_source_corrected_replaces_the_stored_one()
    {
        var bars = Bars.Daily(20).Noisy(0.01).Build();
        var close = bars.Close.ToArray();
        close[19] += 1;
        var store = Store();
        store.Append(Key, bars);

        var (_, added, revised) = store.Append(Key, BarSeries.Create(bars.ToDraft() with { Close = close }));

        Assert.Equal((0, 1), (added, revised));
        Assert.Equal(close[19], store.Open(Key)!.Close[19]);
    }

    [Fact]
    public void Bars_with_other_columns_are_refused()
    {
        var store = Store();
        store.Append(Key, Bars.Daily(10).Build());

        Assert.Throws<BarDataException>(() => store.Append(
            Key, Bars.Daily(10).WithColumn("mood", [.. Enumerable.Repeat(1.0, 10)]).Build()));
    }

    [Fact]
    public void Any_changed_byte_and_any_cut_is_noticed_and_the_bars_are_fetched_again()
    {
        var bars = Bars.Daily(40).Noisy(0.01).Build();
        var store = Store();
        var path = Path.Combine(_folder, store.Append(Key, bars).Row.File);
        var whole = File.ReadAllBytes(path);
        for (var place = 0; place < whole.Length; place += 37)
        {
            var changed = (byte[])whole.Clone();
            changed[place] ^= 1;
            File.WriteAllBytes(path, place % 2 == 0 ? changed : whole[..place]);

            Assert.Equal(path, Assert.Throws<BarFileCorruptException>(() => store.Open(Key)).File);
        }

        var again = store.OpenOrFetch(Key, () => bars, out var refetched);

        Assert.True(refetched);
        Assert.Equal(bars.Digest, again.Digest);
        Assert.True(File.Exists(path + ".damaged"));
        store.OpenOrFetch(Key, () => throw new InvalidOperationException("stored"), out refetched);
        Assert.False(refetched);
    }

    [Fact]
    public void A_missing_file_is_fetched_again()
    {
        var bars = Bars.Daily(40).Build();
        var store = Store();
        File.Delete(Path.Combine(_folder, store.Append(Key, bars).Row.File));

        Assert.Equal(bars.Digest, store.OpenOrFetch(Key, () => bars, out _).Digest);
    }

    [Fact]
    public void The_least_recently_used_are_dropped_and_what_a_run_uses_stays()
    {
        var bars = Bars.Daily(1000).Noisy(0.01).Build();
        var store = Store(limit: 170_000);
        BarKey[] keys = [.. "ABC".Select(name => Key with { Symbol = name.ToString() })];
        foreach (var key in keys)
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            store.Append(key, bars);
        }

        _clock.Now += TimeSpan.FromMinutes(1);
        store.Open(keys[0]);
        store.Use("run-1", store.Find(keys[1])!);
        _clock.Now += TimeSpan.FromMinutes(1);
        store.Append(Key with { Symbol = "D" }, bars);

        Assert.Equal(["A", "B", "D"], store.List().Select(row => row.Key.Symbol));
        store.Release("run-1");
        store.Append(Key with { Symbol = "E" }, bars);
        Assert.Equal(["A", "D", "E"], store.List().Select(row => row.Key.Symbol));
    }

    [Fact]
    public void A_run_keeps_the_bars_it_began_with_until_it_lets_go()
    {
        var bars = Bars.Daily(100).Noisy(0.01).Build();
        var store = Store();
        var (first, _, _) = store.Append(Key, bars.Slice(0, 50));
        store.Use("run-1", first);
        var before = store.Open(Key)!;

        store.Append(Key, bars);

        Assert.True(File.Exists(Path.Combine(_folder, first.File)));
        Assert.Equal(50, before.Count);
        Assert.Equal(first.Digest, before.Digest);
        store.Release("run-1");
        Assert.False(File.Exists(Path.Combine(_folder, first.File)));
        Assert.Equal(bars.Digest, store.Open(Key)!.Digest);
    }

    [Fact]
    public async Task Readers_see_whole_appends_while_writers_add_to_the_same_series()
    {
        var bars = Bars.Daily(400).Noisy(0.01).Build();
        var digests = Enumerable.Range(1, 40).Select(i => bars.Slice(0, 10 * i).Digest).ToHashSet();
        Store().Append(Key, bars.Slice(0, 10));
        using var done = new CancellationTokenSource();
        var reading = new TaskCompletionSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var store = Store();
            while (!done.IsCancellationRequested)
            {
                Assert.Contains(store.Open(Key)!.Digest, digests);
                reading.TrySetResult();
            }
        })).ToArray();
        await reading.Task;
        var writers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var store = Store();
            for (var i = 1; i <= 40; i++)
            {
                store.Append(Key, bars.Slice(0, 10 * i));
            }
        })).ToArray();

        await Task.WhenAll(writers);
        await done.CancelAsync();

        await Task.WhenAll(readers);
        Assert.Equal(bars.Digest, Store().Open(Key)!.Digest);
    }

    [Fact]
    public void What_a_killed_writer_left_behind_is_no_part_of_the_store()
    {
        var bars = Bars.Daily(40).Build();
        var store = Store();
        var path = Path.Combine(_folder, store.Append(Key, bars).Row.File);
        File.WriteAllBytes(path + ".77.1.tmp", [1, 2, 3]);

        Assert.Equal(bars.Digest, Store().Open(Key)!.Digest);
    }

    private BarStore Store(long limit = BarStore.DefaultLimitBytes) => new(_folder, _clock, limit);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
