namespace TrainingCluster.MarketData.Series;

/// <summary>What the stamps say about the rhythm of the bars.</summary>
/// <param name="Interval">The median step.</param>
/// <param name="BarsPerYear">To annualise with.</param>
internal sealed record BarCalendar(TimeSpan Interval, double BarsPerYear)
{
    private const double MillisecondsPerDay = 86_400_000;
    private const double DaysPerYear = 365.25;

    public static BarCalendar Of(ReadOnlySpan<long> times)
    {
        if (times.Length < 2)
        {
            return new BarCalendar(TimeSpan.Zero, 252);
        }

        var steps = new long[times.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = times[i + 1] - times[i];
        }

        Array.Sort(steps);
        var median = steps[steps.Length / 2];
        var years = (times[^1] - times[0] + median) / (MillisecondsPerDay * DaysPerYear);
        var observed = times.Length / years;
        return new BarCalendar(TimeSpan.FromMilliseconds(median), PerYear(times, median, observed));
    }

    private static double PerYear(ReadOnlySpan<long> times, long median, double observed)
    {
        // A summer-time change moves a local midnight by an hour; such bars are still daily.
        if (Math.Abs(median - MillisecondsPerDay) > MillisecondsPerDay / 12)
        {
            return observed;
        }

        var weekend = 0;
        foreach (var time in times)
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(time).DayOfWeek;
            weekend += day is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
        }

        var share = (double)weekend / times.Length;
        return share < 0.02 ? 252 : share > 0.2 ? 365 : observed;
    }
}
