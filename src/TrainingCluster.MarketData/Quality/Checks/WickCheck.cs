using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>A high or low far beyond open and close: a crash that was over within the bar, or a bad tick.</summary>
internal sealed class WickCheck() : QualityCheck("wicks", BarFault.None)
{
    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var found = new Occurrences();
        for (var t = 0; t < bars.Count; t++)
        {
            var (open, close) = (bars.Open.Span[t], bars.Close.Span[t]);
            if (bars.High.Span[t] > Math.Max(open, close) * (1 + options.WickRatio)
                || bars.Low.Span[t] < Math.Min(open, close) / (1 + options.WickRatio))
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
