using System.Collections.Immutable;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.FaultTests.Product;

/// <summary>
/// Real learners of all four stages on three strategies, in sizes that make a stage a matter of seconds; and what a
/// single undisturbed node makes of them.
/// </summary>
internal static class TinyPipeline
{
    private static readonly Lazy<Task<ImmutableSortedDictionary<string, string>>> Reference = new(RunAloneAsync);

    public static BarSeries Bars { get; } = SyntheticMarket.Generate(
        new SyntheticMarketOptions { Bars = 600, SignalCorrelation = 0.2 }, new Seed(3));

    public static RunSpec Spec { get; } = new()
    {
        DataName = "market",
        Data = Bars.Digest,
        Strategies = ["atr_breakout", "macd_momentum", "rsi_mean_reversion"],
        Stages = Stages.All,
        Agents = ["ppo"],
        Budget = BudgetName.Quick,
        Seed = 7,
        Overrides = BudgetOverrides.Of(
            ("cnn_lstm.window", 13), ("cnn_lstm.kernel", 3), ("cnn_lstm.conv1", 5), ("cnn_lstm.conv2", 7),
            ("cnn_lstm.hidden", 11), ("cnn_lstm.batch", 32), ("cnn_lstm.epochs", 2), ("cnn_lstm.patience", 3),
            ("cnn_lstm.folds", 2),
            ("ppo.total_steps", 40_960), ("ppo.episodes", 4), ("ppo.rollout_steps", 64), ("ppo.mini_batch", 64),
            ("ppo.hidden", 16),
            ("hybrid.total_steps", 1024), ("hybrid.episodes", 4), ("hybrid.rollout_steps", 32),
            ("hybrid.mini_batch", 64), ("hybrid.validate_every", 1)),
    };

    /// <summary>Digests of all artifacts by job and role, as a single node makes them.</summary>
    public static Task<ImmutableSortedDictionary<string, string>> DigestsAsync() => Reference.Value;

    /// <summary>Evaluations are evidence and part of no artifact's bytes.</summary>
    public static ImmutableSortedDictionary<string, string> DigestsOf(RunSummary run) => run.Jobs
        .Where(job => job.Result is not null)
        .SelectMany(job => job.Result!.Files
            .Where(file => file.Role != FileRoles.Evaluation)
            .Select(file => ($"{job.Id} {file.Role}", file.Digest.ToString())))
        .ToImmutableSortedDictionary(file => file.Item1, file => file.Item2, StringComparer.Ordinal);

    private static async Task<ImmutableSortedDictionary<string, string>> RunAloneAsync()
    {
        var folder = Directory.CreateTempSubdirectory("alone-").FullName;
        try
        {
            await using var host = await ClusterHost.StartAsync(new ClusterHostOptions
            {
                StateDirectory = Path.Combine(folder, "state"),
                Slots = 2,
            });
            var run = await host.SubmitAsync(Spec, Bars);
            var summary = await host.WaitAsync(run).WaitAsync(TimeSpan.FromMinutes(5));
            Assert.Equal(RunStatus.Succeeded, summary.Status);
            return DigestsOf(summary);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
