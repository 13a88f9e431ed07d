namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>
/// Bars that should be there. Without an exchange's calendar the stamps themselves say what is usual: daily
/// bars may skip weekends and holidays; markets that trade on weekends may skip nothing; other intraday bars
/// may skip the night and the weekend, recognised as breaks of six hours to five days.
/// </summary>
internal sealed class GapCheck() : QualityCheck("gaps", BarFault.Missing)
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var times = bars.Times;
        var calendar = bars.Calendar;
        var interval = (long)calendar.Interval.TotalMilliseconds;
        if (interval <= 0)
        {
            return null;
        }

        var longest = (Step: 0L, Bar: 0);
        for (var t = 1; t < times.Length; t++)
        {
            var step = times[t] - times[t - 1];
            var missing = options.Calendar is { } exchange
                ? exchange.MissingBetween(Moment(times[t - 1]), Moment(times[t]), calendar.Interval)
                : calendar.TradesWeekends
                    ? LeftOut(step, interval)
                    : Missing(times[t - 1], step, interval, options);
            if (missing > 0)
            {
                found.Add(t, missing);
                longest = step > longest.Step ? (step, t) : longest;
            }
        }

        var days = (double)longest.Step / Day;
        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"about {found.Count} bars are missing; the longest gap, {days:0.##} days, "
            + $"ends at bar {longest.Bar}");
    }

    /// <summary>About how many bars a step leaves out; 0 for a usual step.</summary>
    private static long Missing(long before, long step, long interval, QualityOptions options)
    {
        var allowed = options.DailyGapDays * Day;
        if (interval < 20 * Hour)
        {
            return step >= 6 * Hour && step <= allowed ? 0 : LeftOut(step, interval);
        }

        if (interval > 2 * Day)
        {
            return LeftOut(step, interval);
        }

        return step <= allowed ? 0 : Weekdays(before / Day + 1, (before + step) / Day);
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static long LeftOut(long step, long interval) =>
        Math.Max(0, (long)Math.Round((double)step / interval) - 1);

    /// <summary>Mondays to Fridays among days, counted from the epoch, which was a Thursday.</summary>
    private static long Weekdays(long start, long end)
    {
        var count = 0L;
        for (var day = start; day < end; day++)
        {
            count += ((day + 3) % 7 + 7) % 7 < 5 ? 1 : 0;
        }

        return count;
    }
}
