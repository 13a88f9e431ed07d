using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Testing.MarketData;

/// <summary>Changes what comes after a bar: whatever is causal must not notice.</summary>
public static class Future
{
    /// <summary>
    /// Bars 0…t as they are; every later price, volume and further value is replaced by noise.
    /// </summary>
    public static BarSeries CorruptAfter(BarSeries bars, int t, ulong seed = 1)
    {
        var noise = new Seed(seed).For("future").Stream();
        return BarSeries.Create(
            bars.Symbol,
            bars.Times.ToArray(),
            Column(bars.Open),
            Column(bars.High),
            Column(bars.Low),
            Column(bars.Close),
            Column(bars.Volume),
            [.. bars.Extra.Select(column => new BarColumn(column.Name, Column(column.Values.Span)))]);

        double[] Column(ReadOnlySpan<double> values)
        {
            var changed = values.ToArray();
            for (var i = t + 1; i < changed.Length; i++)
            {
                changed[i] = Math.Exp(3 * noise.NextGaussian());
            }

            return changed;
        }
    }
}
