namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>The last bar must be over: one still in progress changes after it has been learnt from.</summary>
internal sealed class UnfinishedCheck() : QualityCheck("unfinished", BarFault.None)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        if (options.Now is not { } now || bars.Count < 2)
        {
            return null;
        }

        var found = new Occurrences();
        var interval = (long)bars.Calendar.Interval.TotalMilliseconds;
        for (var t = bars.Count - 1; t >= 0 && bars.Times[t] + interval > now.ToUnixTimeMilliseconds(); t--)
        {
            found.Add(t);
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning, found, $"{found.Count} bars are not over yet at {now:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }
}
