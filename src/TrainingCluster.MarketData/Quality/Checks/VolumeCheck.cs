namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Bars without volume, which is usual in quiet minutes, and series without any.</summary>
internal sealed class VolumeCheck() : QualityCheck("volume", BarFault.None)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var volume = bars.Volume;
        for (var t = 0; t < bars.Count; t++)
        {
            if (!(volume[t] > 0))
            {
                found.Add(t);
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        return found.Count == bars.Count
            ? Finding(QualitySeverity.Warning, found, $"no bar has a volume; the volume features say nothing")
            : Finding(QualitySeverity.Info, found, $"{found.Count} bars have no volume");
    }
}
