using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.Jobs;

/// <summary>Builds and runs encoder jobs that are small enough for a test.</summary>
internal static class EncoderRuns
{
    /// <summary>Sizes that make a job of about 60 steps in well under a second.</summary>
    public static readonly BudgetOverrides Tiny = BudgetOverrides.Of(
        ("cnn_lstm.window", 13), ("cnn_lstm.kernel", 3), ("cnn_lstm.conv1", 5), ("cnn_lstm.conv2", 7),
        ("cnn_lstm.hidden", 11), ("cnn_lstm.batch", 32), ("cnn_lstm.epochs", 3), ("cnn_lstm.patience", 3),
        ("cnn_lstm.folds", 2));

    public static BarSeries Market(int bars = 520, ulong seed = 3, double correlation = 0.2) =>
        SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = bars, SignalCorrelation = correlation }, new Seed(seed));

    public static JobSpec Spec(
        BarSeries bars,
        ulong seed = 7,
        BudgetOverrides? overrides = null,
        string strategy = "rsi_mean_reversion",
        FaultInjection? fault = null) =>
        RunPlan.Jobs(new RunSpec
        {
            DataName = "market",
            Data = bars.Digest,
            Strategies = [strategy],
            Stages = [Stage.CnnLstm],
            Agents = [],
            Budget = BudgetName.Quick,
            Seed = seed,
            Overrides = overrides ?? Tiny,
            Fault = fault,
        })[0];

    public static JobOutput Run(
        JobSpec spec,
        BarSeries bars,
        ICheckpointStore? checkpoints = null,
        RecoveryPlan? recovery = null,
        CheckpointCadence? cadence = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var request = new JobRequest(
            spec,
            bars,
            [],
            new MemoryArtifacts(),
            checkpoints ?? new MemoryCheckpoints(),
            recovery ?? RecoveryPlan.None);
        return new JobRunner(TimeProvider.System, cadence)
            .Run(request, progress ?? new Listener(_ => { }), cancellation);
    }

    /// <summary>The digests of a job's files in their order.</summary>
    public static string[] Digests(JobOutput output) =>
        [.. output.Files.Select(file => $"{file.Role} {Digest.Of(file.Content.Span).Hex}")];
}

/// <summary>Hears progress on the reporting thread.</summary>
internal sealed class Listener(Action<JobProgress> hear) : IProgress<JobProgress>
{
    public void Report(JobProgress value) => hear(value);
}
