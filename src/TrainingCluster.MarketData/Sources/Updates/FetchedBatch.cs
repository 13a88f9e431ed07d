using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>
/// Fetched bars behind some stored ones: what is usual cannot be told from one new bar alone. Bars in progress are left
/// out.
/// </summary>
/// <param name="Bars">Stored ones, then fetched ones.</param>
/// <param name="Context">How many are stored ones.</param>
/// <param name="Calendar">Of the market, where the source knows it.</param>
internal sealed record FetchedBatch(ImportedBars Bars, int Context, TradingCalendar? Calendar)
{
    private const int LeastContext = 60;

    /// <exception cref="BarSourceException">There are no bars, or they are of another length.</exception>
    /// <exception cref="BarDataException">Stored and fetched bars have different further columns.</exception>
    public static FetchedBatch Of(
        FetchedBars fetched, BarSeries? before, Timeframe timeframe, IBarSource source, DateTimeOffset now)
    {
        var (batch, log) = (fetched.Batch, new RepairLog());
        if (batch.Bars is null && batch.TotalViolations > 0)
        {
            return new FetchedBatch(batch, 0, fetched.Calendar);
        }

        var bars = batch.Bars is { } all && !source.KnowsSessions
            ? WithoutRunning(all, timeframe, now, log)
            : batch.Bars;
        if (bars is not { Count: > 0 })
        {
            throw new BarSourceException(
                FetchRule.Empty, $"{batch.Source} has no bars in the range that are over; check symbol and range");
        }

        RequireTimeframe(bars, timeframe, batch.Source);
        var count = Math.Min(before?.Count ?? 0, Math.Max(LeastContext, 2 * bars.Count));
        var usual = before?.Slice(before.Count - count, count).ToDraft();
        var draft = usual is { Count: > 0 }
            ? BarDraftRows.Concat([usual with { Source = bars.Source, Names = bars.Names }, bars])
            : bars;
        return new FetchedBatch(
            batch with { Bars = draft, Repairs = batch.Repairs.Then(log.ToList()) }, count, fetched.Calendar);
    }

    /// <summary>Rows that could not be read count against those that were fetched, not against stored ones.</summary>
    public BatchOptions Limits(BatchOptions options)
    {
        var rows = (double)(Bars.TotalViolations + Bars.Bars?.Count ?? 0);
        return options with
        {
            MostUnreadable = rows == 0 ? options.MostUnreadable : options.MostUnreadable * (rows - Context) / rows,
            Quality = options.Quality with { Calendar = options.Quality.Calendar ?? Calendar },
        };
    }

    private static BarDraft WithoutRunning(BarDraft bars, Timeframe timeframe, DateTimeOffset now, RepairLog log)
    {
        var end = now.ToUnixTimeMilliseconds() - timeframe.Milliseconds;
        var times = bars.Times.Span;
        var over = new List<int>(bars.Count);
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] <= end)
            {
                over.Add(row);
            }
            else
            {
                log.Add(new BarRepair("half-bar", bars.Source, null, times[row], "was not over yet; left out"));
            }
        }

        return over.Count == bars.Count ? bars : BarDraftRows.Pick(bars, [.. over]);
    }

    private static void RequireTimeframe(BarDraft bars, Timeframe timeframe, string name)
    {
        if (bars.Count < 4)
        {
            return;
        }

        var times = bars.Times.ToArray();
        Array.Sort(times);
        var median = BarCalendar.Of(times).Interval;
        // A summer-time change moves a day's stamp by an hour.
        var tolerance = timeframe.IsDaily ? timeframe.Milliseconds / 12 : 0;
        var isUsual = Enumerable.Range(1, times.Length - 1)
            .Any(i => Math.Abs(times[i] - times[i - 1] - timeframe.Milliseconds) <= tolerance);
        if (!isUsual || median.TotalMilliseconds < timeframe.Milliseconds - tolerance)
        {
            throw new BarSourceException(
                FetchRule.WrongTimeframe, $"{name} has bars of {median} where {timeframe} was asked for");
        }
    }
}
