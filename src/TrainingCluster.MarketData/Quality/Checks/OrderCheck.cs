namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Stamps must rise; sorting repairs it.</summary>
internal sealed class OrderCheck() : QualityCheck("order", BarFault.Inconsistent)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var times = bars.Times;
        for (var t = 1; t < times.Length; t++)
        {
            if (times[t] < times[t - 1])
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Critical, found, $"{found.Count} stamps lie before the one in front of them");
    }
}
