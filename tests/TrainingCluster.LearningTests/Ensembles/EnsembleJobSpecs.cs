using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.LearningTests.Ensembles;

public sealed class EnsembleJobSpecs
{
    private static readonly BarSeries Bars = EncoderRuns.Market(bars: 620);

    [Fact]
    public void An_ensemble_weighs_its_members_on_every_bar_and_names_them_by_digest()
    {
        var run = new PipelineRun(
            Bars, PipelineRun.Spec(Bars, 5, ["macd_momentum", "rsi_mean_reversion"], PipelineRun.Tiny));

        var output = run.Through(Stage.Ensemble)["ensemble/main"];
        var again = run.Run("ensemble/main");

        var evaluation = output.Evaluation;
        Assert.Equal(["macd_momentum", "rsi_mean_reversion"], evaluation.Members.AsEnumerable());
        Assert.Equal(evaluation.Positions.Length, evaluation.Weights.Length);
        Assert.Equal(evaluation.Positions.Length, evaluation.Regimes.Length);
        Assert.All(evaluation.Weights, weights => Assert.Equal(1, weights.Sum(), 1e-12));
        Assert.InRange(output.Metrics["diversity"], 0, 1);
        Assert.Equal(
            Turns(evaluation.Regimes), evaluation.Events.Count(one => one.Kind == "regime_changed"));
        Assert.All(
            evaluation.Events.Where(one => one.Kind == "weights_changed"),
            one => Assert.Contains("macd_momentum", one.Detail));
        Assert.Contains("equal_weights_max_drawdown", output.Metrics.Keys);
        Assert.InRange(output.Metrics["weighting_p"], 0, 1);
        Assert.Equal(EncoderRuns.Digests(output).AsEnumerable(), EncoderRuns.Digests(again));
        var text = ModelArtifact.Parse(output.Files[0].Content).OfKind(EnsembleJob.Kind).ConfigJson;
        foreach (var strategy in evaluation.Members)
        {
            Assert.Contains(
                Digest.Of(run[$"hybrid/{strategy}"].Files[0].Content.Span).Hex, text,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_hybrids_of_a_strategys_agents_share_what_the_strategy_gets()
    {
        var run = new PipelineRun(
            Bars, PipelineRun.Spec(Bars, 5, ["rsi_mean_reversion"], PipelineRun.Tiny, null, "ppo", "dqn", "sac"));

        var output = run.Through(Stage.Ensemble)["ensemble/main"];

        Assert.Equal(
            ["rsi_mean_reversion", "rsi_mean_reversion-dqn", "rsi_mean_reversion-sac"],
            output.Evaluation.Members.AsEnumerable());
        Assert.All(output.Evaluation.Weights, weights => Assert.Equal(1, weights.Sum(), 1e-12));
        Assert.Equal(1.0 / 3, ModelArtifact.Parse(output.Files[0].Content).Tensor("regime_weights", "F64", 4, 3)
            .Doubles()[0], 1e-12);
        // The stored ensemble decides as the evaluated one did.
        var stored = new StoredModel(run.Artifacts, new CostModel());
        var (_, positions) = stored.Decide(Digest.Of(output.Files[0].Content.Span), Bars);
        Assert.Equal(Bars.Count, positions.Length);
        Assert.True(positions.Distinct().Count() > 1);
    }

    private static int Turns(IReadOnlyList<string> regimes) =>
        Enumerable.Range(1, regimes.Count - 1).Count(i => regimes[i] != regimes[i - 1]);

    [Fact]
    public void Diversity_is_one_for_unrelated_and_zero_for_equal_members()
    {
        Assert.Equal(0, Diversity.Of([[1, 2, 4], [2, 4, 8]])!.Value, 1e-12);
        Assert.Equal(1, Diversity.Of([[1, -1, 1, -1], [1, 1, -1, -1]])!.Value, 1e-12);
        Assert.Equal(1, Diversity.Of([[1, 2, 4], [0, 0, 0]])!.Value, 1e-12);
        Assert.Null(Diversity.Of([[1, 2, 4]]));
    }
}
