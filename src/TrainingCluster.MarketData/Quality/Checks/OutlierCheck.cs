namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>
/// Close-to-close log returns far from their median, measured in robust deviations 1.4826 · MAD (Iglewicz,
/// Hoaglin 1993, "How to Detect and Handle Outliers"). Bars without movement say nothing about its size and
/// are left out of the measure.
/// </summary>
internal sealed class OutlierCheck() : QualityCheck("outliers", BarFault.Outlier)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        if (bars.Returns is not { } returns)
        {
            return null;
        }

        var found = new Occurrences();
        var largest = (Score: 0.0, Bar: 0);
        for (var t = 1; t < bars.Count; t++)
        {
            var score = returns.ScoreOf(t);
            if (score > options.OutlierDeviations)
            {
                found.Add(t);
                largest = score > largest.Score ? (score, t) : largest;
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Info,
            found,
            $"{found.Count} returns lie beyond {options.OutlierDeviations} robust deviations; the largest, "
            + $"{returns.Values[largest.Bar]:0.####} at bar {largest.Bar}, lies {largest.Score:0.#} away");
    }
}
