using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>No decision, label or learned number knows a bar that had not happened, on real bars.</summary>
public sealed class UnknownFutureSpecs
{
    private const string Strategy = "macd_momentum";

    public static TheoryData<string> FurtherAgents =>
        new(Stages.Agents.Where(agent => agent != Stages.DefaultAgent));

    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void A_decision_is_the_same_without_what_comes_after_it_and_with_anything_else(string sample)
    {
        var bars = Samples.Get(sample);
        var models = new StoredModels(Run(bars, [Strategy], Stage.Hybrid), Strategy);
        var first = DataPreparation.Prepare(bars, Strategy, 13).Split.Validation.Start;
        var whole = models.Decide(bars, first);
        Assert.All(
            whole, track => Assert.True(track.Distinct().Count() > 1, "a model never changed its mind"));

        foreach (var now in Moments(first, bars.Count))
        {
            var cut = models.Decide(bars.Slice(0, now + 1), first);
            var corrupted = models.Decide(Future.CorruptAfter(bars, now), first);

            for (var model = 0; model < whole.Length; model++)
            {
                Assert.Equal(whole[model][..(now + 1)], cut[model]);
                Assert.Equal(whole[model][..(now + 1)], corrupted[model][..(now + 1)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FurtherAgents))]
    public void No_agents_training_or_decision_knows_what_comes_later(string agent)
    {
        var bars = Samples.Get("aapl-daily");
        PipelineRun Trained(BarSeries on) =>
            new PipelineRun(on, PipelineRun.Spec(on, 7, [Strategy], PipelineRun.Tiny, null, agent))
                .Through(Stage.Hybrid);
        var run = Trained(bars);
        var models = new StoredModels(run, Strategy, agent);
        var first = DataPreparation.Prepare(bars, Strategy, 13).Split.Validation.Start;
        var whole = models.Decide(bars, first);
        var now = first + (bars.Count - first) * 3 / 4;
        var other = Future.CorruptAfter(bars, now);

        var corrupted = models.Decide(other, first);
        var trained = Trained(other);

        for (var model = 0; model < whole.Length; model++)
        {
            Assert.Equal(whole[model][..(now + 1)], corrupted[model][..(now + 1)]);
        }

        Assert.All(run.Jobs.Where(job => job.Stage != Stage.Ensemble), job =>
            Assert.Equal(Tensors(run[job.Id]), Tensors(trained[job.Id])));
    }

    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void Training_and_decisions_of_a_whole_run_do_not_know_the_bars_after_a_test_bar(string sample)
    {
        var bars = Samples.Get(sample);
        string[] strategies = [Strategy, "rsi_mean_reversion"];
        var run = Run(bars, strategies, Stage.Ensemble);
        var first = run["ensemble/main"].Evaluation.FirstBar;
        var now = first + (bars.Count - first) / 2;

        var corrupted = Run(Future.CorruptAfter(bars, now), strategies, Stage.Ensemble);

        foreach (var job in run.Jobs)
        {
            var (expected, actual) = (run[job.Id], corrupted[job.Id]);
            Assert.Equal(Tensors(expected), Tensors(actual));
            Assert.Equal(expected.Metrics["validation_sharpe"], actual.Metrics["validation_sharpe"]);
            var known = now + 1 - expected.Evaluation.FirstBar;
            Assert.Equal(
                expected.Evaluation.Positions[..known].AsEnumerable(),
                actual.Evaluation.Positions[..known].AsEnumerable());
        }

        Assert.Contains(run.Jobs, job => !run[job.Id].Evaluation.Positions.SequenceEqual(
            corrupted[job.Id].Evaluation.Positions));
    }

    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void Features_and_the_labels_that_were_complete_do_not_know_what_came_later(string sample)
    {
        var bars = Samples.Get(sample);
        foreach (var strategy in StrategyCatalog.Names)
        {
            var whole = DataPreparation.Prepare(bars, strategy, 60);
            var now = whole.Split.Test.Start + whole.Split.Test.Count / 3;

            var corrupted = DataPreparation.Prepare(Future.CorruptAfter(bars, now), strategy, 60);

            Assert.Equal(whole.Preprocessor, corrupted.Preprocessor);
            var width = whole.Matrix.Columns;
            Assert.True(whole.Matrix.Values.AsSpan(0, (now + 1) * width)
                .SequenceEqual(corrupted.Matrix.Values.AsSpan(0, (now + 1) * width)));
            int[] complete =
            [
                .. Enumerable.Range(0, now + 1)
                    .Where(bar => whole.Labels.Valid[bar] && whole.Labels.LastBar[bar] <= now),
            ];
            Assert.True(complete.Length > now / 2);
            Assert.All(complete, bar => Assert.Equal(
                (whole.Labels.Direction[bar], whole.Labels.Barrier[bar], whole.Labels.NextUp[bar]),
                (
                    corrupted.Labels.Direction[bar],
                    corrupted.Labels.Barrier[bar],
                    corrupted.Labels.NextUp[bar])));
        }
    }

    /// <summary>Early, around the end of an inference batch of 256 bars, in the middle, late.</summary>
    private static int[] Moments(int first, int bars) =>
        [first + 2, first + 255, first + 258, first + (bars - first) / 2, bars - 3];

    private static PipelineRun Run(BarSeries bars, string[] strategies, Stage last) =>
        new PipelineRun(bars, PipelineRun.Spec(bars, 7, [.. strategies], PipelineRun.Tiny)).Through(last);

    /// <summary>All numbers of all files: weights, scaling, out-of-fold outputs.</summary>
    private static string[] Tensors(JobOutput output) =>
    [
        .. output.Files.SelectMany(file => ModelArtifact.Parse(file.Content).Tensors
            .OrderBy(tensor => tensor.Key, StringComparer.Ordinal)
            .Select(tensor => $"{file.Role} {tensor.Key} {Convert.ToHexString(tensor.Value.Data.Span)}")),
    ];
}
