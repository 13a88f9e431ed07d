namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>A high or low far beyond open and close: a crash that was over within the bar, or a bad tick.</summary>
internal sealed class WickCheck() : QualityCheck("wicks", BarFault.None)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var (above, below) = (1 + options.WickRatio, 1 / (1 + options.WickRatio));
        for (var t = 0; t < close.Length; t++)
        {
            if (high[t] > Math.Max(open[t], close[t]) * above || low[t] < Math.Min(open[t], close[t]) * below)
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"{found.Count} bars have a high or low more than {options.WickRatio:0.##} of the price beyond their body");
    }
}
