namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>
/// low ≤ open, close ≤ high, up to the rounding that adjusting prices leaves behind (one part in a billion).
/// </summary>
internal sealed class ConsistencyCheck() : QualityCheck("consistency", BarFault.Inconsistent)
{
    private const double Rounding = 1e-9;

    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        for (var t = 0; t < close.Length; t++)
        {
            if (high[t] < Math.Max(open[t], close[t]) * (1 - Rounding)
                || low[t] > Math.Min(open[t], close[t]) * (1 + Rounding))
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
