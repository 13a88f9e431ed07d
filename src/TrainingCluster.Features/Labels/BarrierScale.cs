using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Labels;

/// <summary>
/// Distances for barriers in price units, to take the place of the average true range in
/// <see cref="Labelling.Label"/>.
/// </summary>
public static class BarrierScale
{
    /// <summary>
    /// Exponentially weighted deviation of close-to-close log returns times the close (López de Prado 2018,
    /// "Advances in Financial Machine Learning", section 3.3, there over days). Weights are corrected for the start,
    /// so that the first returns count fully.
    /// </summary>
    /// <param name="bars">The bars.</param>
    /// <param name="span">Centre of mass (span − 1) / 2, as pandas counts; at least 2. NaN before as many
    /// returns.</param>
    /// <param name="horizon">Bars that the deviation is to cover: it grows with their square root; at least
    /// 1.</param>
    public static double[] Deviation(BarSeries bars, int span = 100, int horizon = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var keep = 1 - 2.0 / (span + 1);
        var (weight, sum, squares) = (0.0, 0.0, 0.0);
        var result = new double[bars.Count];
        Array.Fill(result, double.NaN);
        for (var t = 1; t < bars.Count; t++)
        {
            var step = Math.Log(bars.Close[t] / bars.Close[t - 1]);
            (weight, sum, squares) = (keep * weight + 1, keep * sum + step, keep * squares + step * step);
            if (t >= span)
            {
                var mean = sum / weight;
                var variance = Math.Max(0, squares / weight - mean * mean);
                result[t] = Math.Sqrt(variance * horizon) * bars.Close[t];
            }
        }

        return result;
    }
}
