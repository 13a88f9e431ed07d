using System.Collections.Immutable;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources.Http;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>Brings one series up to date.</summary>
internal sealed class SeriesUpdate(
    BarStore store, UpdateOptions options, TimeProvider clock, RateLimit limit, IBarSource source, string symbol,
    Timeframe timeframe)
{
    /// <summary>Whole history may begin so much later than what is stored: weekends, holidays.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(7);

    private readonly BarKey _key = new(source.Name, symbol, timeframe.Length);
    private readonly ImmutableArray<FetchFinding>.Builder _findings = ImmutableArray.CreateBuilder<FetchFinding>();
    private int _requests;
    private RepairList _repairs = RepairList.None;

    public async Task<SeriesOutcome> RunAsync(CancellationToken cancellation)
    {
        using var pending = PendingPages.TryOpen(options.Folder, _key, clock);
        if (pending is null)
        {
            Find(FetchRule.InUse, QualitySeverity.Critical, $"another process is fetching {symbol} {timeframe}");
            return Outcome(SeriesStatus.Failed);
        }

        try
        {
            var (stored, damagedFrom) = OpenStored();
            var outcome = await UpdateAsync(stored, damagedFrom, pending, cancellation);
            if (outcome.Succeeded)
            {
                store.Keep(_key, outcome.Factors);
            }

            return outcome;
        }
        catch (BarSourceException failed)
        {
            Find(failed.Rule, QualitySeverity.Critical, failed.Message);
            return Outcome(SeriesStatus.Failed);
        }
        catch (BarDataException columns)
        {
            pending.Clear();
            Find(FetchRule.SchemaChanged, QualitySeverity.Critical, columns.Violations[0].ToString());
            return Outcome(SeriesStatus.Failed);
        }
    }

    /// <summary>What a damaged file held is fetched anew; it is put aside once that has come.</summary>
    private (BarSeries? Bars, DateTimeOffset? DamagedFrom) OpenStored()
    {
        var row = store.Find(_key);
        try
        {
            return (store.Open(_key), null);
        }
        catch (BarFileCorruptException damaged)
        {
            Find(
                FetchRule.Damaged, QualitySeverity.Warning,
                $"the stored file {damaged.File} was damaged; all bars were asked for again");
            return (null, row?.First);
        }
    }

    private async Task<SeriesOutcome> UpdateAsync(
        BarSeries? stored, DateTimeOffset? damagedFrom, PendingPages pending, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var begin = new DateTimeOffset((now - options.Lookback).UtcDateTime.Date, TimeSpan.Zero);
        if (stored is null || options.Full || options.Replace)
        {
            var first = stored is null ? damagedFrom : Moment(stored.Times[0]);
            return await WholeAsync(stored, first < begin ? first.Value : begin, now, pending, cancellation);
        }

        var overlap = Math.Min(options.OverlapBars, stored.Count);
        var from = Moment(stored.Times[^overlap]);
        var (verdict, fetched) = await JudgeAsync(stored, from, now, pending, cancellation);
        if (verdict.Bars is not { } bars)
        {
            return Apart(verdict, fetched);
        }

        var recent = bars.Between(from, null);
        var comparison = BarComparison.Of(stored.Between(from, null), recent, fetched.Factors);
        if (comparison.IsChange && options.ChangedHistory == ChangedHistory.Refuse)
        {
            throw new BarSourceException(
                FetchRule.HistoryChanged,
                $"{comparison.Words()}; nothing was stored, for training.data.fetch.changed-history is refuse");
        }

        if (comparison.ReachesOldest && overlap < stored.Count)
        {
            Find(
                FetchRule.HistoryChanged, QualitySeverity.Warning,
                $"all was fetched again from {BarRules.Stamp(stored.Times[0])} on, for {comparison.Detail}");
            return await WholeAsync(stored, Moment(stored.Times[0]), now, pending, cancellation);
        }

        return Store(recent, comparison, fetched);
    }

    /// <summary>Fetches all and puts it in place of what is stored.</summary>
    private async Task<SeriesOutcome> WholeAsync(
        BarSeries? stored, DateTimeOffset from, DateTimeOffset now, PendingPages pending,
        CancellationToken cancellation)
    {
        var (verdict, fetched) = await JudgeAsync(null, from, now, pending, cancellation);
        if (verdict.Bars is not { } bars)
        {
            return Apart(verdict, fetched);
        }

        if (stored is null)
        {
            store.Repair(_key);
            var (row, added, _) = store.Append(_key, bars);
            return Outcome(SeriesStatus.Updated, row) with { Added = added, Factors = fetched.Factors };
        }

        if (!options.Replace && Moment(bars.Times[0]) > Moment(stored.Times[0]) + Slack)
        {
            throw new BarSourceException(
                FetchRule.HistoryChanged,
                $"{source.Name} has bars from {BarRules.Stamp(bars.Times[0])} on, but what is stored begins at "
                + $"{BarRules.Stamp(stored.Times[0])} and cannot be compared; nothing was stored. Use --replace to "
                + "keep only what the source has");
        }

        var comparison = BarComparison.Of(stored, bars, fetched.Factors);
        FindRevised(comparison);
        var same = !comparison.IsChange && comparison.Fresh.Length == 0;
        return Outcome(
            same ? SeriesStatus.UpToDate : SeriesStatus.Updated, same ? null : store.Replace(_key, bars)) with
        {
            Added = comparison.Fresh.Length,
            Revised = comparison.Changed.Length,
            Factors = fetched.Factors,
        };
    }

    private SeriesOutcome Store(BarSeries recent, BarComparison comparison, FetchedBars fetched)
    {
        int[] rows = [.. comparison.Fresh.Concat(comparison.Changed).Order()];
        FindRevised(comparison);
        if (rows.Length == 0)
        {
            return Outcome(SeriesStatus.UpToDate) with { Factors = fetched.Factors };
        }

        var (row, added, revised) = store.Append(
            _key, BarSeries.Adopt(BarDraftRows.Pick(recent.ToDraft(), rows)));
        return Outcome(SeriesStatus.Updated, row) with
        {
            Added = added,
            Revised = revised,
            Factors = fetched.Factors,
        };
    }

    private void FindRevised(BarComparison comparison)
    {
        if (comparison.IsChange)
        {
            Find(FetchRule.Revised, QualitySeverity.Warning, comparison.Words());
        }
    }

    /// <param name="stored">Bars before the range that say what is usual; null for none.</param>
    /// <param name="from">First bar to fetch.</param>
    /// <param name="now">The end.</param>
    /// <param name="pending">Pages of a fetch that broke.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<(BatchVerdict Verdict, FetchedBars Fetched)> JudgeAsync(
        BarSeries? stored, DateTimeOffset from, DateTimeOffset now, PendingPages pending,
        CancellationToken cancellation)
    {
        var random = options.Seed.For($"{_key}").Stream();
        var fetch = new BarFetch(
            source, new BarRequest(symbol, timeframe, from, now), pending, limit, options.Retry,
            new Backoff(options.Retry, random), clock);
        FetchedBars fetched;
        try
        {
            fetched = await fetch.RunAsync(cancellation);
        }
        finally
        {
            _requests += fetch.Requests;
        }

        _findings.AddRange(fetched.Findings);
        var batch = FetchedBatch.Of(fetched, stored?.Between(null, from.AddMilliseconds(-1)), timeframe, source, now);
        var verdict = BatchGate.Judge(batch.Bars, batch.Limits(options.Batch));
        _repairs = _repairs.Then(verdict.Repairs);
        pending.Clear();
        return (verdict, fetched);
    }

    private SeriesOutcome Apart(BatchVerdict verdict, FetchedBars fetched)
    {
        Find(FetchRule.NotPassed, QualitySeverity.Critical, string.Join("; ", verdict.Reasons));
        var place = fetched.Batch.Bars is { } raw
            ? new Quarantine(Path.Combine(options.Folder, "quarantine"), clock).Keep(
                $"{_key.Source}-{_key.Symbol}-{timeframe}", raw, verdict)
            : null;
        return Outcome(SeriesStatus.NotPassed) with { Quarantine = place, Factors = fetched.Factors };
    }

    private SeriesOutcome Outcome(SeriesStatus status, StoredBars? row = null) => new(_key, status)
    {
        Row = row ?? store.Find(_key),
        Requests = _requests,
        Findings = _findings.ToImmutable(),
        Repairs = _repairs,
    };

    private void Find(FetchRule rule, QualitySeverity severity, string detail) =>
        _findings.Add(new FetchFinding(rule, severity, detail));

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
