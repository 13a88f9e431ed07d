using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Mlp;
using TrainingCluster.Training.CnnLstm;

namespace TrainingCluster.LearningTests.CnnLstm;

public sealed class CnnLstmLearnerSpecs
{
    private static readonly SmallFit Fit = new();

    public static TheoryData<string> OptionSets =>
    [
        "", "optimizer=1 learning_rate=0.05", "schedule=1", "schedule=2 period=1", "schedule=3",
        "weighted_sampling=1", "largest_pass=7",
        "shards=2", "prefetch=1 cache_mb=1", "checkpointing=1",
        "optimizer=1 schedule=1 weighted_sampling=1 largest_pass=9 shards=2 prefetch=1 checkpointing=1",
    ];

    [Theory]
    [MemberData(nameof(OptionSets))]
    public void Training_on_equals_training_saving_loading_and_training_on(string set)
    {
        var options = SmallFit.Options(Parsed(set));
        using var unbroken = Fit.Learner(options);
        Train(unbroken, int.MaxValue);

        using var first = Fit.Learner(options);
        var done = Train(first, first.BatchesPerEpoch + 2);
        using var second = Fit.Learner(options, Stored(first.Capture()));
        Train(second, int.MaxValue, done);

        Assert.Equal(Bytes(unbroken), Bytes(second));
    }

    [Theory]
    [InlineData("prefetch=1")]
    [InlineData("cache_mb=1")]
    [InlineData("checkpointing=1")]
    [InlineData("largest_pass=32")]
    [InlineData("optimizer=0 momentum=0.5")]
    public void What_only_moves_work_about_does_not_change_a_bit(string set)
    {
        using var plain = Fit.Learner(SmallFit.Options());
        using var other = Fit.Learner(SmallFit.Options(Parsed(set)));
        Train(plain, int.MaxValue);
        Train(other, int.MaxValue);

        Assert.Equal(plain.Capture().Weights, other.Capture().Weights);
        Assert.Equal(plain.BestWeights, other.BestWeights);
    }

    [Theory]
    [InlineData("optimizer=1")]
    [InlineData("schedule=1 learning_rate_decay=0.5")]
    [InlineData("schedule=2 period=1")]
    [InlineData("schedule=3")]
    [InlineData("weighted_sampling=1")]
    public void What_changes_the_fit_changes_its_weights(string set)
    {
        using var plain = Fit.Learner(SmallFit.Options());
        using var other = Fit.Learner(SmallFit.Options(Parsed(set)));
        Train(plain, int.MaxValue);
        Train(other, int.MaxValue);

        Assert.NotEqual(plain.Capture().Weights, other.Capture().Weights);
    }

    [Fact]
    public void Weights_that_were_taken_over_keep_their_convolutions_at_first_and_then_all_are_tuned()
    {
        var options = SmallFit.Options(("frozen_epochs", 1), ("epochs", 2), ("tuning_rate", 0.25));
        using var learner = Fit.Learner(options, start: new FitStart(Weights: Fit.Weights));
        var convolutions = EncoderPass.LayoutOf(Fit.Network()).Where(one => one.Name.StartsWith("conv")).ToList();
        float[] Part(int which) =>
            [.. learner.Capture().Weights.AsSpan(convolutions[which].Start, convolutions[which].Count)];

        Train(learner, learner.BatchesPerEpoch);
        float[][] after = [.. Enumerable.Range(0, 4).Select(Part)];
        Assert.All(Enumerable.Range(0, 4), which => Assert.Equal(
            Fit.Weights.AsSpan(convolutions[which].Start, convolutions[which].Count).ToArray(), after[which]));
        Assert.NotEqual(Fit.Weights, learner.Capture().Weights);

        Train(learner, learner.BatchesPerEpoch, learner.BatchesPerEpoch);
        Assert.All(Enumerable.Range(0, 4), which => Assert.NotEqual(after[which], Part(which)));
        Assert.Equal(
            [options.LearningRate, options.LearningRateAt(1) * 0.25], learner.History.Select(e => e.LearningRate));
    }

    [Fact]
    public void A_perceptron_is_fitted_like_an_encoder()
    {
        var options = SmallFit.Options(("epochs", 8), ("patience", 8), ("weight_decay", 0));
        var start = new FitStart(() => new MlpNetwork(Fit.Windows.Matrix.Columns, 13, 16, 4, new RandomStream(3)));
        using var learner = Fit.Learner(options, start: start);

        Train(learner, int.MaxValue);

        Assert.True(
            learner.History[^1].Loss < 0.8 * learner.History[0].Loss,
            $"the loss went from {learner.History[0].Loss} to {learner.History[^1].Loss}");
        Assert.Equal(8, learner.EpochsDone);
    }

    private static (string, double)[] Parsed(string set) =>
        [.. set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('='))
            .Select(parts => (parts[0], double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))];

    private static long Train(CnnLstmLearner learner, int steps, long from = 0)
    {
        for (var done = 0; done < steps && !learner.Finished; done++)
        {
            learner.Step(new(from++, "fit", false, 1, 1, false));
        }

        return from;
    }

    /// <summary>Through the bytes that a checkpoint holds.</summary>
    private static CnnLstmLearnerState Stored(CnnLstmLearnerState state) =>
        CnnLstmJobState.Parse(Job(state).ToBytes()).Learner!;

    private static string Bytes(CnnLstmLearner learner) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Job(learner.Capture()).ToBytes()));

    private static CnnLstmJobState Job(CnnLstmLearnerState state)
    {
        var start = CnnLstmJobState.Start(3);
        return start with { Learner = state };
    }
}
