namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>A stamp may occur once, also where the bars are not sorted.</summary>
internal sealed class DuplicateCheck() : QualityCheck("duplicates", BarFault.Inconsistent)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var times = bars.Times;
        var seen = Rises(bars.Times) ? null : new HashSet<long>();
        for (var t = 0; seen is not null && t < bars.Count; t++)
        {
            if (!seen.Add(times[t]))
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Critical, found, $"{found.Count} bars repeat an earlier stamp");
    }

    private static bool Rises(ReadOnlySpan<long> times)
    {
        for (var t = 1; t < times.Length; t++)
        {
            if (times[t] <= times[t - 1])
            {
                return false;
            }
        }

        return true;
    }
}
