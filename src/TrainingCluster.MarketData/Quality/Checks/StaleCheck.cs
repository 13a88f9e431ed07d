namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Long runs of bars in which no price moved: often a source that went on without data.</summary>
internal sealed class StaleCheck() : QualityCheck("stale", BarFault.Stale)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var longest = (Length: 0, Start: 0);
        var start = 1;
        for (var t = 1; t <= close.Length; t++)
        {
            if (t < close.Length && close[t] == close[t - 1] && open[t] == close[t]
                && high[t] == close[t] && low[t] == close[t])
            {
                continue;
            }

            var length = t - start;
            if (length >= options.StaleBars)
            {
                found.Add(start, length);
                longest = length > longest.Length ? (length, start) : longest;
            }

            start = t + 1;
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"{found.Count} bars stand in runs of at least {options.StaleBars} without movement; "
            + $"the longest, {longest.Length} bars, starts at bar {longest.Start}");
    }
}
