using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Environments.Market;

namespace TrainingCluster.LearningTests.Environments;

/// <summary>
/// Small generated markets with a few observed columns and a direction that turns every seven bars.
/// </summary>
internal static class TestMarkets
{
    public static BarSeries Bars(int count, ulong seed, double correlation = 0) =>
        SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = count, SignalCorrelation = correlation }, new Seed(seed));

    public static ImmutableArray<sbyte> Direction(int count) =>
        [.. Enumerable.Range(0, count).Select(t => (sbyte)(t / 7 % 2 == 0 ? 1 : -1))];

    /// <summary>Observed: direction, and log return of the bar in per cent.</summary>
    public static MarketColumns Columns(BarSeries bars, double fee = 0.0005)
    {
        var direction = Direction(bars.Count);
        var observed = new float[bars.Count * 2];
        for (var t = 0; t < bars.Count; t++)
        {
            observed[2 * t] = direction[t];
            observed[2 * t + 1] = t == 0 ? 0 : (float)(100 * Math.Log(bars.Close[t] / bars.Close[t - 1]));
        }

        return new MarketColumns(bars, observed, direction, new CostModel(fee));
    }
}
