namespace TrainingCluster.MarketData.Series;

/// <summary>What the stamps say about the rhythm of the bars.</summary>
/// <param name="Interval">The median step.</param>
/// <param name="BarsPerYear">To annualise with.</param>
/// <param name="TradesWeekends">Whether bars on Saturdays and Sundays are as usual as on other days.</param>
internal sealed record BarCalendar(TimeSpan Interval, double BarsPerYear, bool TradesWeekends)
{
    private const double MillisecondsPerDay = 86_400_000;
    private const double DaysPerYear = 365.25;

    public static BarCalendar Of(ReadOnlySpan<long> times)
    {
        if (times.Length < 2)
        {
            return new BarCalendar(TimeSpan.Zero, 252, TradesWeekends: false);
        }

        var steps = new long[times.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = times[i + 1] - times[i];
        }

        Array.Sort(steps);
        var median = steps[steps.Length / 2];
        var years = (times[^1] - times[0] + median) / (MillisecondsPerDay * DaysPerYear);
        var weekendShare = WeekendShare(times);
        return new BarCalendar(
            TimeSpan.FromMilliseconds(median),
            PerYear(times, median, weekendShare, times.Length / years),
            weekendShare > 0.2);
    }

    private static double PerYear(ReadOnlySpan<long> times, long median, double weekendShare, double observed)
    {
        double? daysPerYear = weekendShare < 0.02 ? 252 : weekendShare > 0.2 ? 365 : null;
        // A summer-time change moves a local midnight by an hour; such bars are still daily.
        if (Math.Abs(median - MillisecondsPerDay) <= MillisecondsPerDay / 12)
        {
            return daysPerYear ?? observed;
        }

        // A few weeks begin and end with whole sessions: what their bars fill of the calendar says little of a year.
        var isShort = (times[^1] - times[0]) / MillisecondsPerDay < DaysPerYear;
        return isShort && median < MillisecondsPerDay && daysPerYear == 252
            ? 252 * UsualDay(times)
            : observed;
    }

    /// <summary>The median number of bars of the days (UTC) that have any.</summary>
    private static double UsualDay(ReadOnlySpan<long> times)
    {
        var counts = new List<int>();
        var day = double.NaN;
        foreach (var time in times)
        {
            var its = Math.Floor(time / MillisecondsPerDay);
            if (its != day)
            {
                day = its;
                counts.Add(0);
            }

            counts[^1]++;
        }

        counts.Sort();
        return counts[counts.Count / 2];
    }

    private static double WeekendShare(ReadOnlySpan<long> times)
    {
        var weekend = 0;
        foreach (var time in times)
        {
            // The epoch was a Thursday: two days later a Saturday.
            var weekday = Math.Floor(time / MillisecondsPerDay) + 5;
            weekend += weekday - 7 * Math.Floor(weekday / 7) < 2 ? 1 : 0;
        }

        return (double)weekend / times.Length;
    }
}
