namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Bars that follow sooner than the interval: another interval mixed in, or a summer-time change.</summary>
internal sealed class StepCheck() : QualityCheck("steps", BarFault.None)
{
    /// <summary>Daily stamps at a local midnight move by an hour twice a year.</summary>
    private const double DailyTolerance = 0.9;

    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var times = bars.Times;
        var interval = bars.Calendar.Interval;
        var least = interval.TotalMilliseconds * (interval >= TimeSpan.FromHours(20) ? DailyTolerance : 1);
        for (var t = 1; t < times.Length; t++)
        {
            var step = times[t] - times[t - 1];
            if (step > 0 && step < least)
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"{found.Count} bars follow the one before sooner than the interval of {interval}");
    }
}
