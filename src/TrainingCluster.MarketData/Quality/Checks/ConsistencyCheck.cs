using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>
/// low ≤ open, close ≤ high, up to the rounding that adjusting prices leaves behind (one part in a billion).
/// </summary>
internal sealed class ConsistencyCheck() : QualityCheck("consistency", BarFault.Inconsistent)
{
    private const double Rounding = 1e-9;

    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var found = new Occurrences();
        for (var t = 0; t < bars.Count; t++)
        {
            var (open, close) = (bars.Open.Span[t], bars.Close.Span[t]);
            if (bars.High.Span[t] < Math.Max(open, close) * (1 - Rounding)
                || bars.Low.Span[t] > Math.Min(open, close) * (1 + Rounding))
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"{found.Count} bars open or close outside their own low and high");
    }
}
