namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Bars with one price: closes filled into all four, coarse rounding, or nobody traded.</summary>
internal sealed class FlatCheck() : QualityCheck("flat", BarFault.None)
{
    private const double WorthSaying = 0.005;

    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        for (var t = 0; t < close.Length; t++)
        {
            if (open[t] == close[t] && high[t] == close[t] && low[t] == close[t])
            {
                found.Add(t);
            }
        }

        if (found.Count <= WorthSaying * bars.Count)
        {
            return null;
        }

        return found.Count == bars.Count
            ? Finding(QualitySeverity.Warning, found,
                "every bar has one price; ranges, true ranges and fills within a bar say nothing")
            : Finding(QualitySeverity.Info, found,
                $"{found.Count} bars ({(double)found.Count / bars.Count:P1}) have open = high = low = close");
    }
}
