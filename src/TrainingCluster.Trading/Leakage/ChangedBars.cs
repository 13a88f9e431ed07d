using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Leakage;

/// <summary>Markets as they were not.</summary>
internal static class ChangedBars
{
    /// <summary>Bars 0…t as they are; all later prices, volumes and further values are noise.</summary>
    public static BarSeries NoiseAfter(BarSeries bars, int t, Seed seed)
    {
        var noise = seed.Stream();
        var (open, high) = (bars.Open.ToArray(), bars.High.ToArray());
        var (low, close) = (bars.Low.ToArray(), bars.Close.ToArray());
        var level = bars.Close[t];
        for (var i = t + 1; i < bars.Count; i++)
        {
            var (from, to) = (level * Factor(), level * Factor());
            (open[i], close[i]) = (from, to);
            high[i] = Math.Max(from, to) * (1 + noise.NextDouble() / 10);
            low[i] = Math.Min(from, to) * (1 - noise.NextDouble() / 10);
        }

        return BarSeries.Create(
            bars.Symbol, bars.Times.ToArray(), open, high, low, close, Replaced(bars.Volume),
            [.. bars.Extra.Select(column => column with { Values = Replaced(column.Values.Span) })]);

        double Factor() => Math.Exp(noise.NextGaussian() / 3);

        double[] Replaced(ReadOnlySpan<double> values)
        {
            var changed = values.ToArray();
            for (var i = t + 1; i < changed.Length; i++)
            {
                changed[i] = Math.Exp(2 * noise.NextGaussian());
            }

            return changed;
        }
    }

    /// <summary>
    /// The same bars in another order, each with its own shape and its return from the last close, less the mean
    /// return: a market in which no one can know what comes next, and that goes nowhere on average.
    /// </summary>
    public static BarSeries Shuffled(BarSeries bars, Seed seed)
    {
        var order = Enumerable.Range(1, bars.Count - 1).ToArray();
        seed.Stream().Shuffle<int>(order);
        var drift = Math.Log(bars.Close[^1] / bars.Close[0]) / (bars.Count - 1);
        double[][] columns =
        [
            bars.Open.ToArray(), bars.High.ToArray(), bars.Low.ToArray(), bars.Close.ToArray(),
            bars.Volume.ToArray(),
        ];
        for (var i = 1; i < bars.Count; i++)
        {
            var from = order[i - 1];
            var scale = columns[3][i - 1] / bars.Close[from - 1] * Math.Exp(-drift);
            columns[0][i] = bars.Open[from] * scale;
            columns[1][i] = bars.High[from] * scale;
            columns[2][i] = bars.Low[from] * scale;
            columns[3][i] = bars.Close[from] * scale;
            columns[4][i] = bars.Volume[from];
        }

        return BarSeries.Create(
            bars.Symbol, bars.Times.ToArray(),
            columns[0], columns[1], columns[2], columns[3], columns[4],
            [.. bars.Extra.Select(column => column with { Values = column.Values.ToArray() })]);
    }
}
