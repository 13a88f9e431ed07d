using System.Collections.Immutable;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.Bench.Learners;

/// <summary>The encoder at the peer's sizes: Conv 16-32-64, LSTM 64, windows of 60 bars, batches of 256.</summary>
internal static class CnnLstmBench
{
    private const int Features = 16;
    private const int Window = 60;
    private const int Batch = 256;
    private const int Samples = 2048;
    private const int Steps = 4;

    /// <summary>Training, whole: windows gathered, both losses, gradients, clipping, Adam.</summary>
    public static IEnumerable<Measurement> Train()
    {
        var profile = NumericProfile.Apply();
        return [.. Train(2, profile), .. Train(1, profile)];
    }

    private static IEnumerable<Measurement> Train(int shards, NumericProfileInfo profile)
    {
        var options = CnnLstmOptions.From(
            CnnLstmBudgets.For(BudgetName.Standard).With("kernel", 3).With("conv1", 32).With("conv2", 64)
                .With("hidden", 64).With("batch", Batch).With("epochs", 1_000_000));
        var windows = Windows();
        var stream = new RandomStream(2);
        float[] even = [.. Enumerable.Repeat(1f, Samples)];
        var train = new LabelledBars(
            [.. Enumerable.Range(Window - 1, Samples)],
            [.. even.Select(_ => stream.NextDouble() < 0.5 ? 0f : 1f)],
            [.. even.Select(_ => (long)(3 * stream.NextDouble()))],
            [.. even],
            [.. even.Select(_ => 0.5f)]);
        using var learner = new CnnLstmLearner(
            options with { Training = new SupervisedOptions { Shards = shards, Prefetch = shards > 1 } },
            windows, train, null, new Seed(1), null);
        long step = 0;
        return [.. Comparison.Of(
            $"cnn_lstm.training.threads_{shards}", "samples/s", null, Steps * Batch, () =>
            {
                for (var i = 0; i < Steps; i++)
                {
                    learner.Step(new StepControl(step++, "fit", false, 1, 1, false));
                }
            }, shards == 2 ? PeerProcess.StartAll("cnn_lstm.py", profile.OpenBlasCore) : [])];
    }

    private static WindowView Windows()
    {
        var stream = new RandomStream(3);
        var rows = Samples + Window;
        float[] values = [.. Enumerable.Range(0, rows * Features).Select(_ => (float)stream.NextGaussian())];
        ImmutableArray<string> names = [.. Enumerable.Range(0, Features).Select(i => $"feature_{i}")];
        return new WindowView(new FeatureMatrix(names, rows, 0, values), Window);
    }
}
