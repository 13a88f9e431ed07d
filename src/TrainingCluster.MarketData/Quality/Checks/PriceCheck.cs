using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Prices must be finite and above zero.</summary>
internal sealed class PriceCheck() : QualityCheck("prices", BarFault.Inconsistent)
{
    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var found = new Occurrences();
        for (var t = 0; t < bars.Count; t++)
        {
            if (!Usable(bars.Open.Span[t]) || !Usable(bars.High.Span[t])
                || !Usable(bars.Low.Span[t]) || !Usable(bars.Close.Span[t]))
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Critical,
            found,
            $"{found.Count} bars have a price that is zero, negative or not finite");
    }

    private static bool Usable(double price) => price > 0 && double.IsFinite(price);
}
