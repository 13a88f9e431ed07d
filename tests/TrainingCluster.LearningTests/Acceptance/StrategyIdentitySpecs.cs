using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>Strategies on the same bars and seed are different tasks with different models.</summary>
public sealed class StrategyIdentitySpecs
{
    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void No_two_strategies_share_labels(string sample)
    {
        var labels = StrategyCatalog.Names
            .Select(name => DataPreparation.Prepare(Samples.Get(sample), name, 60).Labels.Digest).ToList();

        Assert.Equal(StrategyCatalog.Names.Length, labels.Distinct().Count());
    }

    /// <summary>
    /// An artifact names its strategy, so that its digest alone would differ even over equal weights.
    /// </summary>
    [Fact]
    public void No_two_strategies_share_an_artifact_or_any_learned_tensor_of_it()
    {
        var bars = Samples.Aapl;
        var run = new PipelineRun(bars, PipelineRun.Spec(bars, 7, StrategyCatalog.Standard, PipelineRun.Tiny))
            .Through(Stage.Hybrid);
        var jobs = run.Jobs.Where(job => job.Stage != Stage.Ensemble).ToList();

        var files = jobs.SelectMany(job => run[job.Id].Files)
            .Select(file => Digest.Of(file.Content.Span)).ToList();

        Assert.Equal(files.Count, files.Distinct().Count());
        foreach (var stage in jobs.GroupBy(job => job.Stage))
        {
            var weights = stage
                .SelectMany(job => ModelArtifact.Parse(run[job.Id].Files[0].Content).Tensors)
                .Where(tensor => tensor.Key.EndsWith("weight", StringComparison.Ordinal))
                .Select(tensor => Digest.Of(tensor.Value.Data.Span)).ToList();
            Assert.True(
                weights.Count >= 3 * StrategyCatalog.Standard.Length, $"{stage.Key} has {weights.Count}");
            Assert.Equal(weights.Count, weights.Distinct().Count());
        }
    }
}
