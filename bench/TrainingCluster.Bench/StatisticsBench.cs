using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Bench;

/// <summary>What a verdict on a backtest costs, on one core.</summary>
internal static class StatisticsBench
{
    public static IEnumerable<Measurement> Run()
    {
        var returns = Series(1, 5000)[0];
        var trials = Series(100, 2500);
        yield return Measurement.Seconds("statistics.deflated_sharpe_bootstrap", 0.1, () =>
        {
            SharpeInterval.Stationary(returns, new Seed(1));
            new TrialPopulation(100, 0.0004).DeflatedSharpe(Moments.Of(returns));
        });
        yield return Measurement.Seconds(
            "statistics.overfitting_16_100_2500", 0.5, () => BacktestOverfitting.Measure(trials));
        yield return Measurement.Seconds(
            "statistics.superior_ability_100_2500", null,
            () => SuperiorAbility.Test(trials, new StationaryBootstrap(5, new Seed(2)), 5));
    }

    private static double[][] Series(int count, int bars)
    {
        var stream = new Seed(7).Stream();
        return [.. Enumerable.Range(0, count).Select(_ =>
            Enumerable.Range(0, bars).Select(_ => 0.0005 + 0.01 * stream.NextGaussian()).ToArray())];
    }
}
