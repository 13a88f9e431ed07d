using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>low ≤ open, close ≤ high.</summary>
internal sealed class ConsistencyCheck() : QualityCheck("consistency", BarFault.Inconsistent)
{
    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var found = new Occurrences();
        for (var t = 0; t < bars.Count; t++)
        {
            var (open, close) = (bars.Open.Span[t], bars.Close.Span[t]);
            if (bars.High.Span[t] < Math.Max(open, close) || bars.Low.Span[t] > Math.Min(open, close))
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning, found, $"{found.Count} bars open or close outside their own low and high");
    }
}
