using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Bars that equal an earlier one in all prices and the volume: a source that filled a hole.</summary>
internal sealed class CopyCheck() : QualityCheck("copies", BarFault.None)
{
    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var found = new Occurrences();
        var seen = new HashSet<(double, double, double, double, double)>();
        for (var t = 0; t < bars.Count; t++)
        {
            var (high, low, volume) = (bars.High.Span[t], bars.Low.Span[t], bars.Volume.Span[t]);
            // Quiet bars repeat each other by right.
            if (high > low && volume > 0
                && !seen.Add((bars.Open.Span[t], high, low, bars.Close.Span[t], volume)) && volume >= 1000)
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning, found, $"{found.Count} bars equal an earlier bar in every price and the volume");
    }
}
