using System.Collections.Immutable;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources.Http;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>
/// Asks a source page after page until a range is complete: spaced out, repeated where a failure passes, begun from
/// what an earlier fetch left. Each page begins with the last bar of the one before, which must be the same.
/// </summary>
internal sealed class BarFetch(
    IBarSource source, BarRequest request, PendingPages pending, RateLimit limit, RetryPolicy policy, Backoff backoff,
    TimeProvider clock)
{
    private readonly List<BarDraft> _drafts = [];
    private readonly List<BarViolation> _violations = [];
    private readonly HashSet<PriceFactor> _factors = [];
    private readonly HashSet<string> _notes = [];
    private readonly SortedDictionary<FetchRule, int> _retries = [];
    private RepairList _repairs = RepairList.None;
    private long _totalViolations;
    private int _resumed;
    private string? _name;
    private TradingCalendar? _calendar;

    /// <summary>Questions so far, repeats included.</summary>
    public int Requests { get; private set; }

    /// <exception cref="BarSourceException">The range cannot be completed now; pages that came are kept.</exception>
    public async Task<FetchedBars> RunAsync(CancellationToken cancellation)
    {
        var cursor = Resume();
        for (var isFresh = cursor == request.From; ;)
        {
            var page = await AskAsync(request with { From = cursor }, cancellation);
            if (!TryTake(page, cursor))
            {
                if (isFresh)
                {
                    throw new BarSourceException(
                        FetchRule.HistoryChanged,
                        $"{source.Name} changed its bars of {request.Symbol} while they were fetched; try again later");
                }

                isFresh = true;
                Forget();
                cursor = request.From;
                continue;
            }

            if (page.Next is not { } next)
            {
                return Result();
            }

            cursor = Advance(cursor, next);
        }
    }

    private DateTimeOffset Resume()
    {
        var (_, pages) = pending.Resume(request);
        _drafts.AddRange(pages);
        _resumed = pages.Sum(page => page.Count);
        return Last() is { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last) : request.From;
    }

    private void Forget()
    {
        pending.Clear();
        _drafts.Clear();
        _violations.Clear();
        _factors.Clear();
        (_repairs, _totalViolations, _resumed) = (RepairList.None, 0, 0);
    }

    private async Task<BarPage> AskAsync(BarRequest part, CancellationToken cancellation)
    {
        for (var failed = 1; ; failed++)
        {
            await limit.WaitAsync(cancellation);
            try
            {
                Requests++;
                return await source.ReadAsync(part, cancellation)
                    ?? throw new InvalidOperationException("it returned no page");
            }
            catch (BarSourceException passing) when (passing.IsPassing)
            {
                var wait = backoff.Next(failed, passing.RetryAfter);
                if (failed > policy.Retries || passing.RetryAfter > policy.LongestAsked)
                {
                    throw GivenUp(passing, failed);
                }

                _retries[passing.Rule] = _retries.GetValueOrDefault(passing.Rule) + 1;
                if (passing.Rule == FetchRule.RateLimited)
                {
                    limit.PauseUntil(clock.GetUtcNow() + wait);
                }

                await Task.Delay(wait, clock, cancellation);
            }
            catch (Exception own) when (own is not BarSourceException && !cancellation.IsCancellationRequested)
            {
                throw new BarSourceException(
                    FetchRule.SourceFailed,
                    $"the source {source.Name} failed ({own.GetType().Name}): {own.Message}", own);
            }
        }
    }

    private static BarSourceException GivenUp(BarSourceException last, int attempts)
    {
        var asked = last.RetryAfter is { } wait ? $"; it asks to wait for {wait}" : "";
        return new BarSourceException(
            last.Rule, $"{last.Message}; given up after {attempts} attempts{asked}", last)
        {
            RetryAfter = last.RetryAfter,
        };
    }

    /// <summary>False where the last bar is not any more what it was.</summary>
    private bool TryTake(BarPage page, DateTimeOffset cursor)
    {
        _name = page.Bars.Source;
        _calendar = page.Calendar ?? _calendar;
        _notes.UnionWith(page.Notes);
        _factors.UnionWith(page.Factors);
        _repairs = _repairs.Then(page.Bars.Repairs);
        _violations.AddRange(page.Bars.Violations);
        _totalViolations += page.Bars.TotalViolations;
        if (page.Bars.Bars is not { Count: > 0 } bars)
        {
            return true;
        }

        if (BarDraftRows.Ragged(bars) is { } ragged)
        {
            throw new BarSourceException(FetchRule.SchemaChanged, $"{page.Bars.Source}: {ragged}");
        }

        bars = BarDraftRows.Between(bars, cursor.ToUnixTimeMilliseconds(), request.EndMilliseconds);
        if (Last() is { } last)
        {
            var overlap = bars.Times.Span.IndexOf(last);
            if (overlap >= 0 && !BarComparison.AreSame(_drafts[^1], _drafts[^1].Count - 1, bars, overlap))
            {
                return false;
            }

            bars = BarDraftRows.Between(bars, last + 1, request.EndMilliseconds);
        }

        if (bars.Count > 0)
        {
            _drafts.Add(bars);
            if (page.Next is not null)
            {
                pending.Add(request.From, bars);
            }
        }

        return true;
    }

    /// <summary>On to the next page; its first bar is the last one that came, where any came.</summary>
    private DateTimeOffset Advance(DateTimeOffset cursor, DateTimeOffset next)
    {
        var last = Last() is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : cursor;
        var onward = last > cursor && last < next ? last : next;
        return onward > cursor ? onward : throw new BarSourceException(
            FetchRule.SchemaChanged,
            $"{source.Name} says that bars of {request.Symbol} go on at {next:O}, which it was asked for already");
    }

    private long? Last() => _drafts.Count == 0 ? null : _drafts[^1].Times.Span[^1];

    private FetchedBars Result()
    {
        var findings = ImmutableArray.CreateBuilder<FetchFinding>();
        if (_resumed > 0)
        {
            Note(FetchRule.Resumed, $"{_resumed} bars of a broken fetch were used");
        }

        if (_retries.Count > 0)
        {
            var counts = _retries.Select(pair => $"{pair.Key} {pair.Value} times");
            Note(FetchRule.Retried, $"asked again after {string.Join(", ", counts)}");
        }

        foreach (var note in _notes)
        {
            Note(FetchRule.Note, note);
        }

        var draft = _drafts.Count == 0 ? null : BarDraftRows.Concat(_drafts);
        return new FetchedBars(
            new ImportedBars(
                _name ?? source.Name, null, draft, _repairs,
                [.. _violations.Take(BarDataException.Shown)], _totalViolations),
            [.. _factors.OrderBy(factor => factor.From)], findings.ToImmutable(), _calendar);

        void Note(FetchRule rule, string detail) => findings.Add(new FetchFinding(rule, QualitySeverity.Info, detail));
    }
}
