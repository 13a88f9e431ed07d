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

/// <summary>
/// A further column of the bars correlates a fifth with the next return. Encoder, agent and hybrid are
/// trained as a run trains them, and judged on a test window that chose nothing.
/// </summary>
public sealed class PlantedSignalSpecs(ITestOutputHelper output)
{
    private const string Strategy = "macd_momentum";
    private const double Correlation = 0.2;

    /// <summary>
    /// ½ + arcsin(ρ)/π: what the sign of a signal of correlation ρ gets right of a normal return's sign.
    /// </summary>
    private static readonly double BayesAccuracy = 0.5 + Math.Asin(Correlation) / Math.PI;

    /// <summary>The quick budget, cut where the signal is found without it.</summary>
    private static readonly BudgetOverrides Short = BudgetOverrides.Of(
        ("cnn_lstm.folds", 2), ("cnn_lstm.epochs", 6), ("ppo.total_steps", 49_152));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_signal_is_found_and_agent_and_hybrid_beat_flat_and_always_long(ulong seed)
    {
        var bars = SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = 10_000, SignalCorrelation = Correlation }, new Seed(seed));

        var run = new PipelineRun(bars, PipelineRun.Spec(bars, seed, [Strategy], Short))
            .Through(Stage.Hybrid);

        var encoder = run[$"cnn_lstm/{Strategy}"];
        var always = AlwaysLong(bars, encoder.Evaluation);
        var alwaysSharpe = PolicyScore.Sharpe(always.Returns.AsSpan(), bars.BarsPerYear);
        output.WriteLine(Line($"seed {seed}, always long", always.Equity[^1] - 1, alwaysSharpe, double.NaN));
        foreach (var job in run.Jobs.Where(job => job.Stage != Stage.Ensemble))
        {
            var metrics = run[job.Id].Metrics;
            output.WriteLine(Line(job.Id, metrics["total_return"], metrics["sharpe"], metrics["accuracy"]));
            output.WriteLine(string.Join("; ", run[job.Id].Evaluation.Events.Select(one => one.Detail)));
        }

        // More than the best possible accuracy, beyond luck, would be a look at the future.
        var luck = 4 * Math.Sqrt(0.25 / encoder.Evaluation.Positions.Length);
        Assert.InRange(encoder.Metrics["accuracy"], 0.54, BayesAccuracy + luck);
        foreach (var job in new[] { $"ppo/{Strategy}", $"hybrid/{Strategy}" })
        {
            var metrics = run[job].Metrics;
            Assert.True(metrics["total_return"] > 0, $"{job} lost on seed {seed}");
            Assert.True(
                metrics["total_return"] > always.Equity[^1] - 1, $"{job} fell behind on seed {seed}");
            Assert.True(metrics["sharpe"] > alwaysSharpe, $"{job} had the lower Sharpe ratio, seed {seed}");
        }

        // Validation may keep the policy that the tuning began with: the tuned one must have the skill too.
        var tuned = run[$"hybrid/{Strategy}"].Evaluation.Curves
            .Single(curve => curve.Name == "validation_sharpe").Values[^1];
        Assert.True(tuned > run[$"ppo/{Strategy}"].Metrics["validation_sharpe"] / 2, $"tuned to {tuned}");
    }

    private static string Line(string name, double total, double sharpe, double accuracy) =>
        FormattableString.Invariant($"{name}: return {total:F3}, Sharpe {sharpe:F2}, accuracy {accuracy:F4}");

    private static BacktestResult AlwaysLong(BarSeries bars, JobEvaluation evaluation)
    {
        var positions = new double[bars.Count];
        Array.Fill(positions, 1);
        var window = new IndexRange(evaluation.FirstBar, evaluation.FirstBar + evaluation.Positions.Length);
        return Backtest.Run(bars, positions, window, new CostModel());
    }
}
