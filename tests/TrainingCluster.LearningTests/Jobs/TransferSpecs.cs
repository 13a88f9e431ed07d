using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.Jobs;

public sealed class TransferSpecs
{
    private static readonly BudgetOverrides TwoStages = new(EncoderRuns.Tiny.Values
        .SetItem("cnn_lstm.frozen_epochs", 1).SetItem("cnn_lstm.tuning_rate", 0.5));

    [Fact]
    public void An_encoder_that_begins_with_another_ones_weights_ends_elsewhere_and_resumes_to_the_same_bytes()
    {
        var bars = EncoderRuns.Market();
        var spec = EncoderRuns.Spec(bars, overrides: TwoStages);
        var teacher = Teacher(EncoderRuns.Market(600, 9));

        var alone = Run(spec, bars, null);
        var taught = Run(spec, bars, teacher);
        var again = new DyingCheckpoints(7);
        Assert.Throws<KilledException>(() => Run(spec, bars, teacher, again));

        Assert.NotEqual(EncoderRuns.Digests(alone), EncoderRuns.Digests(taught));
        Assert.Equal(EncoderRuns.Digests(taught), EncoderRuns.Digests(Run(spec, bars, teacher, again)));
    }

    [Fact]
    public void A_base_that_knows_the_bars_or_has_another_shape_is_refused()
    {
        var bars = EncoderRuns.Market();
        var wide = new BudgetOverrides(EncoderRuns.Tiny.Values.SetItem("cnn_lstm.hidden", 12));

        var same = Assert.Throws<JobInputException>(
            () => Run(EncoderRuns.Spec(bars, overrides: TwoStages), bars, Teacher(bars)));
        var shape = Assert.Throws<JobInputException>(
            () => Run(EncoderRuns.Spec(bars, overrides: wide), bars, Teacher(EncoderRuns.Market(600, 9))));

        Assert.Contains("was trained on these very bars", same.Message);
        Assert.Contains("Hidden = 11", shape.Message);
        Assert.Contains("Hidden = 12", shape.Message);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_refused_with_both_numbers()
    {
        var bars = EncoderRuns.Market();
        var large = new BudgetOverrides(EncoderRuns.Tiny.Values.SetItem("cnn_lstm.batch", 5000));

        var error = Assert.Throws<JobInputException>(
            () => EncoderRuns.Run(EncoderRuns.Spec(bars, overrides: large), bars));

        Assert.Contains("a batch is 5000 windows, but the smallest fit has ", error.Message);
        Assert.Contains("set cnn_lstm.batch to ", error.Message);
    }

    private static byte[] Teacher(BarSeries bars) =>
        [.. EncoderRuns.Run(EncoderRuns.Spec(bars), bars).Files
            .Single(file => file.Role == FileRoles.Model).Content.Span];

    private static JobOutput Run(
        JobSpec spec, BarSeries bars, byte[]? teacher, ICheckpointStore? checkpoints = null)
    {
        var artifacts = new MemoryArtifacts();
        var request = new JobRequest(
            spec,
            bars,
            teacher is null ? [] : [new JobInput(InputRoles.Base, "cnn_lstm/other", null, artifacts.Put(teacher))],
            artifacts,
            checkpoints ?? new MemoryCheckpoints(),
            RecoveryPlan.None);
        return new JobRunner(TimeProvider.System, new CheckpointCadence(1, TimeSpan.FromDays(1)))
            .Run(request, new Listener(_ => { }), CancellationToken.None);
    }
}
