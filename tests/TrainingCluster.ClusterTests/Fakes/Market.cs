using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Fakes;

/// <summary>A few bars and runs on them.</summary>
internal static class Market
{
    public static BarSeries Bars { get; } = BarSeries.Create(
        "test", [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3], [0, 0, 0]);

    public static RunSpec Pipeline(params string[] strategies) => new()
    {
        DataName = "test",
        Data = Bars.Digest,
        Strategies = [.. strategies.Length == 0 ? ["atr_breakout", "macd_momentum"] : strategies],
        Stages = [Stage.CnnLstm, Stage.Agent, Stage.Hybrid, Stage.Ensemble],
        Agents = ["ppo"],
        Budget = BudgetName.Quick,
        Seed = 7,
    };

    public static RunSpec Encoders(params string[] strategies) =>
        Pipeline(strategies) with { Stages = [Stage.CnnLstm] };
}
