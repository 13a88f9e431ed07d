using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>
/// Close-to-close log returns far from their median, measured in robust deviations 1.4826 · MAD (Iglewicz,
/// Hoaglin 1993, "How to Detect and Handle Outliers"). Bars without movement say nothing about its size and
/// are left out of the measure.
/// </summary>
internal sealed class OutlierCheck() : QualityCheck("outliers", BarFault.Outlier)
{
    private const double NormalConsistency = 1.4826;

    public override QualityFinding? Find(BarDraft bars, QualityOptions options)
    {
        var returns = Returns(bars.Close.Span);
        var moving = Array.FindAll(returns, r => double.IsFinite(r) && r != 0);
        if (moving.Length < 10)
        {
            return null;
        }

        var median = Median(moving);
        var deviation = NormalConsistency * Median(Array.ConvertAll(moving, r => Math.Abs(r - median)));
        if (!(deviation > 0))
        {
            return null;
        }

        var found = new Occurrences();
        var largest = (Score: 0.0, Bar: 0);
        for (var t = 1; t < returns.Length; t++)
        {
            var score = Math.Abs(returns[t] - median) / deviation;
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
            + $"{returns[largest.Bar]:0.####} at bar {largest.Bar}, lies {largest.Score:0.#} away");
    }

    private static double[] Returns(ReadOnlySpan<double> close)
    {
        var returns = new double[close.Length];
        for (var t = 1; t < close.Length; t++)
        {
            returns[t] = Math.Log(close[t] / close[t - 1]);
        }

        return returns;
    }

    private static double Median(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
