using TrainingCluster.Features.Windows;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using Xunit.Abstractions;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>Every agent but the default one, which <see cref="PlantedSignalSpecs"/> judges, finds a planted signal
/// through an encoder, as stage 2 and as the policy of a hybrid; the test window chose nothing.</summary>
public sealed class PlantedAgentSpecs(ITestOutputHelper output)
{
    private const string Strategy = "macd_momentum";

    /// <summary>The quick budget, cut where the signal is found without it.</summary>
    private static readonly BudgetOverrides Short = BudgetOverrides.Of(
        [("cnn_lstm.folds", 2), ("cnn_lstm.epochs", 4)]);

    private static readonly BarSeries Bars = SyntheticMarket.Generate(
        new SyntheticMarketOptions { Bars = 5_000, SignalCorrelation = 0.3 }, new Seed(11));

    private static readonly Lazy<JobOutput> Encoder = new(
        () => Start("ppo").Through(Stage.CnnLstm)[$"cnn_lstm/{Strategy}"]);

    public static TheoryData<string> Agents =>
        new(Stages.Agents.Where(agent => agent != Stages.DefaultAgent));

    [Theory]
    [MemberData(nameof(Agents))]
    public void An_agent_and_its_hybrid_beat_flat_and_always_long(string agent)
    {
        var run = Start(agent);
        run.Adopt($"cnn_lstm/{Strategy}", Encoder.Value);
        run.Through(Stage.Hybrid);

        var always = AlwaysLong(Encoder.Value.Evaluation);
        var sharpe = PolicyScore.Sharpe(always.Returns.AsSpan(), Bars.BarsPerYear);
        foreach (var job in new[] { $"{agent}/{Strategy}", $"hybrid/{Stages.HybridName(Strategy, agent)}" })
        {
            var metrics = run[job].Metrics;
            output.WriteLine(FormattableString.Invariant(
                $"{job}: return {metrics["total_return"]:F3}, Sharpe {metrics["sharpe"]:F2}; always {sharpe:F2}"));
            output.WriteLine(string.Join("; ", run[job].Evaluation.Events.Select(one => one.Detail)));
            Assert.True(metrics["total_return"] > Math.Max(0, always.Equity[^1] - 1), $"{job} fell behind");
            Assert.True(metrics["sharpe"] > sharpe, $"{job} had the lower Sharpe ratio");
        }

        // Validation may keep what the tuning began with: what it ended with must have the skill too.
        var tuned = run[$"hybrid/{Stages.HybridName(Strategy, agent)}"].Evaluation.Curves
            .Single(curve => curve.Name == "validation_sharpe").Values[^1];
        output.WriteLine(FormattableString.Invariant($"tuned to {tuned:F2} on validation"));
        Assert.True(tuned > run[$"{agent}/{Strategy}"].Metrics["validation_sharpe"] / 2, $"tuned to {tuned}");
    }

    private static PipelineRun Start(string agent) =>
        new(Bars, PipelineRun.Spec(Bars, 11, [Strategy], Short, null, agent));

    private static BacktestResult AlwaysLong(JobEvaluation evaluation)
    {
        var positions = new double[Bars.Count];
        Array.Fill(positions, 1);
        var window = new IndexRange(evaluation.FirstBar, evaluation.FirstBar + evaluation.Positions.Length);
        return Backtest.Run(Bars, positions, window, new CostModel());
    }
}
