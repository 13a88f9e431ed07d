using TrainingCluster.MarketData.Adjustments;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Opens that stand to the close before as one small whole number to another.</summary>
internal sealed class SplitCheck() : QualityCheck("splits", BarFault.None)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var splits = SplitDetector.Find(bars);
        var found = new Occurrences();
        foreach (var split in splits)
        {
            found.Add(split.Bar);
        }

        return splits.IsEmpty ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"{splits.Length} jumps look like splits that were not adjusted: "
            + string.Join(", ", splits.Take(5).Select(split => $"{split.New}-for-{split.Old} at bar {split.Bar}")));
    }
}
