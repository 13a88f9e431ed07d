namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Single Saturdays and Sundays among daily bars of a market that rests on them.</summary>
internal sealed class WeekendCheck() : QualityCheck("weekends", BarFault.None)
{
    private const double MillisecondsPerDay = 86_400_000;

    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var calendar = bars.Calendar;
        if (calendar.TradesWeekends || calendar.Interval < TimeSpan.FromHours(20) || calendar.Interval.TotalDays > 2)
        {
            return null;
        }

        var found = new Occurrences();
        var times = bars.Times;
        for (var t = 0; t < bars.Count; t++)
        {
            // The epoch was a Thursday: two days later a Saturday.
            var weekday = Math.Floor(times[t] / MillisecondsPerDay) + 5;
            if (weekday - 7 * Math.Floor(weekday / 7) < 2)
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning, found, $"{found.Count} bars lie on a weekend, where this market rests");
    }
}
