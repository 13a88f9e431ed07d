namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Prices must be finite and above zero.</summary>
internal sealed class PriceCheck() : QualityCheck("prices", BarFault.Inconsistent)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        for (var t = 0; t < bars.Count; t++)
        {
            if (!Usable(open[t]) || !Usable(high[t])
                || !Usable(low[t]) || !Usable(close[t]))
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
