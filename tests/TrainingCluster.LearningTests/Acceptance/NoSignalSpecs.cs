using System.Collections.Immutable;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;
using Xunit.Abstractions;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>
/// On bars that hold nothing to be found, the model that validation selects must not pass for skilled.
/// </summary>
public sealed class NoSignalSpecs(ITestOutputHelper output)
{
    private const int Seeds = 20;
    private const double Convincing = 0.95;
    private const int FewestTestBars = 300;
    private static readonly ImmutableArray<string> Strategies =
        ["atr_breakout", "rsi_mean_reversion", "macd_momentum"];

    /// <summary>
    /// Small, but every learner gets well past its start: an untrained model that never trades would be an
    /// easy pass.
    /// </summary>
    private static readonly BudgetOverrides Small = BudgetOverrides.Of(
        ("cnn_lstm.window", 30), ("cnn_lstm.conv1", 8), ("cnn_lstm.conv2", 12), ("cnn_lstm.hidden", 12),
        ("cnn_lstm.epochs", 4), ("cnn_lstm.folds", 2),
        ("ppo.total_steps", 16_384), ("ppo.hidden", 32), ("ppo.mini_batch", 256),
        ("hybrid.total_steps", 4096));

    [Fact]
    public void Without_a_signal_the_selected_model_is_convincing_on_at_most_one_seed_of_twenty()
    {
        var rows = new (Leaderboard Board, LeaderboardRow Selected)[Seeds];

        Parallel.For(
            0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 },
            i => rows[i] = Train((ulong)i + 1));

        foreach (var (board, selected) in rows)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{selected.Name}/{selected.Strategy}: validation {selected.ValidationSharpePerBar:F3}, ")
                + FormattableString.Invariant(
                $"test {selected.NextOpen.SharpePerBar:F3}, deflated {selected.DeflatedSharpe:F3}, ")
                + FormattableString.Invariant($"{board.Trials} trials, variance {board.TrialVariance:E2}"));
        }

        Assert.All(rows, row => Assert.True(row.Board.Window.Count >= FewestTestBars));
        Assert.All(rows, row => Assert.Equal(3 * Strategies.Length + 1, row.Board.Trials));
        Assert.InRange(rows.Count(row => row.Selected.DeflatedSharpe is not null), Seeds - 2, Seeds);
        Assert.InRange(rows.Count(row => row.Selected.DeflatedSharpe >= Convincing), 0, 1);
    }

    private static (Leaderboard Board, LeaderboardRow Selected) Train(ulong seed)
    {
        var bars = SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = 2000, SignalColumn = "noise" }, new Seed(seed));
        var spec = PipelineRun.Spec(bars, seed, Strategies, Small);
        var run = new PipelineRun(bars, spec).Through(Stage.Ensemble);
        var trials = run.Jobs.Aggregate(
            TrialLedger.Empty,
            (ledger, job) => ledger.Add(new TrialCounted(
                spec.Data, job.SpecDigest([]), TypeOf(job), job.Strategy ?? "",
                run[job.Id].Evaluation.Validation?.Metrics.SharpePerBar)));

        var board = Leaderboard.Build(new LeaderboardInput(
            bars,
            [.. run.Jobs.Select(job => new LeaderboardCandidate(
                TypeOf(job), job.Strategy, null, null, run[job.Id].Evaluation))],
            Strategies,
            new CostModel(spec.FeeRatio),
            new Seed(seed).For("leaderboard"),
            trials.Count(spec.Data),
            trials.SharpeVariance(spec.Data)));
        return (board, board.Rows.Single(row => row.Selected));
    }

    private static string TypeOf(JobSpec job) => Stages.TypeName(job.Stage, job.Agent ?? "none");
}
