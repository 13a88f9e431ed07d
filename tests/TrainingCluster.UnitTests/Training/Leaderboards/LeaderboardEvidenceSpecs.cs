using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;
using TrainingCluster.UnitTests.Trading;

namespace TrainingCluster.UnitTests.Training.Leaderboards;

public sealed class LeaderboardEvidenceSpecs
{
    private const int FirstTestBar = 600;

    private static readonly BarSeries Bars = HandBars.Synthetic(1000);

    [Fact]
    public void Every_row_has_its_evidence_and_the_field_is_all_models_and_rules()
    {
        var board = Board(12, .0004);

        Assert.All(board.Rows, row =>
        {
            Assert.Equal(row.NextOpen.Bars, row.Evidence.Bars);
            Assert.Equal(4, row.Evidence.Costs.Value!.Count);
            Assert.True(row.Evidence.Regimes.IsKnown);
            Assert.Equal(12, row.Evidence.Trials.Count);
        });
        Assert.Equal(["cnn_lstm/a", "ppo/a", "rule/macd_momentum"], board.Field.Competitors.ToArray());
        Assert.Equal("buy and hold", board.Field.Benchmark);
        Assert.Equal("ppo/a", board.Field.Chosen);
        Assert.True(board.Field.RealityCheck.IsKnown);
        Assert.True(board.Field.SuperiorAbility.IsKnown);
        Assert.True(board.Field.Overfitting.IsKnown);
        Assert.Equal(3, board.Field.Pairs.Length);
    }

    [Fact]
    public void Models_are_deflated_by_the_trials_and_by_how_alike_they_are()
    {
        var board = Board(12, .0004);

        var model = board.Rows.Single(row => row.Selected);

        var moments = Moments.Of(model.Returns.AsSpan());
        Assert.Equal(new TrialPopulation(12, .0004).DeflatedSharpe(moments).Value, model.DeflatedSharpe);
        Assert.InRange(board.Population.EffectiveCount!.Value, 1, 12);
        Assert.True(model.Evidence.DeflatedByEffective >= model.Evidence.DeflatedSharpe);
        Assert.All(
            board.Rows.Where(row => row.Kind != LeaderboardKind.Model),
            row => Assert.Contains("not chosen among trials", row.Evidence.DeflatedSharpe.Undefined));
    }

    [Fact]
    public void Without_a_spread_of_trials_the_reason_stands_where_the_figure_would()
    {
        var model = Board(2, null).Rows.Single(row => row.Selected);

        Assert.Null(model.DeflatedSharpe);
        Assert.Contains("fewer than 2", model.Evidence.DeflatedSharpe.Undefined);
    }

    private static Leaderboard Board(int trials, double? variance) => Leaderboard.Build(new LeaderboardInput(
        Bars,
        [Candidate("cnn_lstm", 7, -.01), Candidate("ppo", 5, .01)],
        ["macd_momentum"],
        new CostModel(),
        new Seed(1),
        trials,
        variance));

    /// <summary>Positions that turn every so many bars; validation returns around a mean.</summary>
    private static LeaderboardCandidate Candidate(string type, int every, double validation)
    {
        ImmutableArray<double> positions =
            [.. Enumerable.Range(0, Bars.Count - FirstTestBar - 2).Select(t => t / every % 3 - 1.0)];
        ImmutableArray<double> returns = [.. Enumerable.Range(0, 50).Select(i => validation + i % 2 * .001)];
        return new LeaderboardCandidate(type, "a", null, null, new JobEvaluation
        {
            JobId = $"{type}/a",
            Stage = Stage.Agent,
            Strategy = "a",
            Agent = null,
            FirstBar = FirstTestBar,
            TimesUtcMilliseconds = [],
            Positions = positions,
            NextOpen = Outcome(returns),
            NextClose = Outcome(returns),
            Validation = Outcome(returns),
            Scores = ImmutableSortedDictionary<string, double?>.Empty,
        });
    }

    private static FillOutcome Outcome(ImmutableArray<double> returns)
    {
        var result = Backtest.Run(Bars, new double[Bars.Count], new IndexRange(0, 10), new CostModel());
        return new FillOutcome(returns, Performance.WithoutInterval(result, 252));
    }
}
