using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Bench.Learners;

/// <summary>
/// Encoders of six strategies on the product's own cluster of one, with one slot and with two in turns: from the
/// submission to the end of the run. The artifacts of all runs must be the same bytes.
/// </summary>
internal static class ParallelBench
{
    private const int Runs = 5;

    private static readonly Config Settings = ConfigurationFactory.ParseString(
        """
        training {
          coordinator.reconcile-interval = 200ms
          host.poll-interval = 50ms
        }
        """);

    public static IEnumerable<Measurement> Run()
    {
        NumericProfile.Apply();
        var bars = SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = 4_000, SignalCorrelation = 0.2 }, new Seed(3));
        var spec = Spec(bars);
        var (_, expected) = OneRun(spec, bars, 2);
        var (alone, together, ratios) = (new double[Runs], new double[Runs], new double[Runs]);
        for (var run = 0; run < Runs; run++)
        {
            (alone[run], var one) = OneRun(spec, bars, 1);
            (together[run], var two) = OneRun(spec, bars, 2);
            ratios[run] = alone[run] / together[run];
            if (!one.SequenceEqual(expected) || !two.SequenceEqual(expected))
            {
                throw new InvalidOperationException("runs of one slot and of two made different bytes");
            }
        }

        return
        [
            Of("parallel.6_strategies.slots_1", "s", null, alone),
            Of("parallel.6_strategies.slots_2", "s", null, together),
            Of("parallel.6_strategies.speed_up_with_equal_bytes", "times", 1.85, ratios),
        ];
    }

    private static (double Seconds, ImmutableSortedDictionary<string, string> Digests) OneRun(
        RunSpec spec, BarSeries bars, int slots)
    {
        var folder = Directory.CreateTempSubdirectory("bench-parallel-").FullName;
        try
        {
            return OneRunAsync(spec, bars, slots, Path.Combine(folder, "state")).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double, ImmutableSortedDictionary<string, string>)> OneRunAsync(
        RunSpec spec, BarSeries bars, int slots, string state)
    {
        await using var host = await ClusterHost.StartAsync(
            new ClusterHostOptions { StateDirectory = state, Slots = slots, Config = Settings });
        var started = Stopwatch.GetTimestamp();
        var run = await host.SubmitAsync(spec, bars);
        var summary = await host.WaitAsync(run);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (summary.Status != RunStatus.Succeeded)
        {
            throw new InvalidOperationException($"the run ended as {summary.Status}: {summary.Reason}");
        }

        // Evaluations are evidence and part of no artifact's bytes.
        var digests = summary.Jobs
            .SelectMany(job => job.Result!.Files
                .Where(file => file.Role != FileRoles.Evaluation)
                .Select(file => KeyValuePair.Create($"{job.Id} {file.Role}", file.Digest.ToString())))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        return (elapsed, digests);
    }

    private static RunSpec Spec(BarSeries bars) => new()
    {
        DataName = "bench",
        Data = bars.Digest,
        Strategies = [.. StrategyCatalog.Names.Take(6)],
        Stages = [Stage.CnnLstm],
        Agents = ["ppo"],
        Budget = BudgetName.Quick,
        Seed = 7,
        Overrides = BudgetOverrides.Of(
            ("cnn_lstm.kernel", 3), ("cnn_lstm.stride", 1), ("cnn_lstm.conv1", 32), ("cnn_lstm.conv2", 64),
            ("cnn_lstm.hidden", 64), ("cnn_lstm.batch", 256), ("cnn_lstm.epochs", 1), ("cnn_lstm.folds", 2),
            ("cnn_lstm.epoch_samples", 1024)),
    };

    private static Measurement Of(string name, string unit, double? target, double[] figures)
    {
        double[] sorted = [.. figures.Order()];
        return new Measurement(name, unit, sorted[Runs / 2], sorted[0], sorted[^1], Runs, target);
    }
}
