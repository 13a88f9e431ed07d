using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Long runs of bars in which no price moved: often a source that went on without data.</summary>
internal sealed class StaleCheck() : QualityCheck("stale", BarFault.Stale)
{
    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var found = new Occurrences();
        var longest = (Length: 0, Start: 0);
        var start = 1;
        for (var t = 1; t <= bars.Count; t++)
        {
            if (t < bars.Count && Unmoved(bars, t))
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

    private static bool Unmoved(BarDraft bars, int t)
    {
        var before = bars.Close.Span[t - 1];
        return bars.Open.Span[t] == before && bars.High.Span[t] == before
            && bars.Low.Span[t] == before && bars.Close.Span[t] == before;
    }
}
