using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.UnitTests.Trading;

/// <summary>Small series whose prices stand in the test.</summary>
internal static class HandBars
{
    private const long Day = 86_400_000;

    /// <summary>Daily bars; highs and lows just contain open and close.</summary>
    public static BarSeries Of(double[] open, double[] close) =>
        BarSeries.Create(
            "HAND",
            [.. Enumerable.Range(0, open.Length).Select(t => t * Day)],
            open,
            [.. open.Zip(close, Math.Max)],
            [.. open.Zip(close, Math.Min)],
            close,
            new double[open.Length]);

    /// <summary>Each bar opens where the last one closed.</summary>
    public static BarSeries OfCloses(params double[] close) => Of([close[0], .. close[..^1]], close);

    /// <summary>Realistic bars of any length.</summary>
    public static BarSeries Synthetic(int bars, ulong seed = 7, bool regimes = false) =>
        SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = bars, Regimes = regimes }, new Seed(seed));

    /// <summary>The same bars up to and including <paramref name="lastTrue"/>, noise afterwards.</summary>
    public static BarSeries CorruptedAfter(BarSeries bars, int lastTrue, ulong seed)
    {
        var stream = new Seed(seed).Stream();
        var columns =
            new[] { bars.Open.ToArray(), bars.High.ToArray(), bars.Low.ToArray(), bars.Close.ToArray() };
        for (var t = lastTrue + 1; t < bars.Count; t++)
        {
            var level = bars.Close[lastTrue] * Math.Exp(stream.NextGaussian());
            columns[0][t] = level;
            columns[1][t] = level * 1.5;
            columns[2][t] = level * 0.5;
            columns[3][t] = level * (0.6 + 0.8 * stream.NextDouble());
        }

        return BarSeries.Create(
            bars.Symbol, bars.Times.ToArray(),
                columns[0], columns[1], columns[2], columns[3], bars.Volume.ToArray());
    }
}
