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
            PerYear(median, weekendShare, times.Length / years),
            weekendShare > 0.2);
    }

    private static double PerYear(long median, double weekendShare, double observed)
    {
        // A summer-time change moves a local midnight by an hour; such bars are still daily.
        if (Math.Abs(median - MillisecondsPerDay) > MillisecondsPerDay / 12)
        {
            return observed;
        }

        return weekendShare < 0.02 ? 252 : weekendShare > 0.2 ? 365 : observed;
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
