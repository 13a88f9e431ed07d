using System.Diagnostics;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.LimitOrders;
using TrainingCluster.Training.Environments.PeerMarket;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Bench.Learners;

/// <summary>
/// What checkpoints cost: the time that one takes, as a share of the training between two at the product's default
/// interval, by the clock and flushed to the disk. Replay buffers are full.
/// </summary>
internal static class CheckpointBench
{
    private const int Kept = 500_000;
    private const double TargetPercent = 5;
    private const int Runs = 5;

    public static IEnumerable<Measurement> Run() => [.. Ppo(), .. Dqn(), .. DeepScalper()];

    private static IEnumerable<Measurement> Ppo()
    {
        var options = new PpoOptions
        {
            TotalSteps = long.MaxValue / 4,
            Episodes = 8,
            RolloutSteps = 256,
            MiniBatch = 256,
            Epochs = 10,
        };
        using var learner = new PpoLearner(
            options, new PeerMarketEnvironment(PeerMarketData.Generate(), 8, 1, PeerMarketEnvironment.Training),
            new Seed(1));
        return Measure("ppo", () => learner.Iterate(), () => learner.Updates, () =>
        {
            using var memory = new MemoryStream();
            using var writer = new BinaryWriter(memory);
            learner.Save().Write(writer);
            writer.Flush();
            return memory.ToArray();
        });
    }

    private static IEnumerable<Measurement> Dqn()
    {
        var learning = Full(new OffPolicyOptions { TotalSteps = long.MaxValue / 4, MaximumGradientNorm = 10 });
        var learner = DqnLearner.Create(
            new DqnOptions { Learning = learning },
            new PeerMarketEnvironment(PeerMarketData.Generate(), 8, 1, PeerMarketEnvironment.Training), new Seed(1));
        return OffPolicy("dqn.replay_500000", learner);
    }

    /// <summary>The published sizes: 21 × 11 choices, a lookback of 120, prioritised replay of 500,000.</summary>
    private static IEnumerable<Measurement> DeepScalper()
    {
        const int session = 390;
        var bars = Minutes(130, session);
        var dynamics = new LimitOrderDynamics(new LimitOrderColumns(
            bars, MinuteBarFeatures.Compute(bars), [], new CostModel(), new LimitOrderOptions()));
        var window = dynamics.Columns.Options.Lookback * MinuteBarFeatures.Width;
        var range = new IndexRange(0, bars.Count);
        var market = new DeepScalperMarket(
            [.. bars.Close.ToArray()], [.. Enumerable.Range(0, bars.Count).Select(bar => bar / session)], range);
        var options = new DeepScalperOptions();
        var learner = new DeepScalperLearner(
            options with { Learning = Full(options.Learning) },
            new LimitOrderEnvironment(dynamics, range, 8, new Seed(2)), market,
            new DeepScalperLayout(
                new EntryRange(0, window), new EntryRange(window, LimitOrderDynamics.AccountEntries), window),
            new Seed(1));
        return OffPolicy("deepscalper.replay_500000", learner.Learner);
    }

    /// <summary>Random steps until the buffer is full, then an update for each step of all episodes.</summary>
    private static OffPolicyOptions Full(OffPolicyOptions learning) => learning with
    {
        LearningStarts = Kept,
        Replay = learning.Replay with { Capacity = Kept },
    };

    private static IEnumerable<Measurement> OffPolicy(string name, OffPolicyLearner learner)
    {
        while (learner.Replay.Count < learner.Replay.Capacity)
        {
            learner.Iterate();
        }

        return Measure(name, () =>
        {
            for (var round = 0; round < 50; round++)
            {
                learner.Iterate();
            }
        }, () => learner.Updates, learner.Save);
    }

    /// <param name="train">Some updates with all that belongs to them.</param>
    /// <param name="updates">So far: what a job counts as its steps.</param>
    private static IEnumerable<Measurement> Measure(
        string name, Action train, Func<long> updates, Func<byte[]> capture)
    {
        var folder = Directory.CreateTempSubdirectory("checkpoint-bench-").FullName;
        try
        {
            var store = new DirectoryCheckpointStore(folder);
            var envelope = new CheckpointEnvelope(Digest.Of("bench"u8), "bench", 0, default);
            var bytes = 0;
            void Save()
            {
                var content = (envelope with { Content = capture() }).ToBytes();
                bytes = content.Length;
                store.Save("bench", content);
            }

            train();
            Save();
            var (steps, saves, shares) = (new double[Runs], new double[Runs], new double[Runs]);
            for (var run = 0; run < Runs; run++)
            {
                var before = updates();
                steps[run] = Seconds(train) / (updates() - before);
                saves[run] = Seconds(Save);
                var cadence = CheckpointCadence.Default;
                var between = Math.Min(cadence.Interval.TotalSeconds, cadence.Steps * steps[run]);
                shares[run] = 100 * saves[run] / (between + saves[run]);
            }

            return
            [
                Of($"checkpoint.{name}.share", "% of training time", shares, TargetPercent),
                Of($"checkpoint.{name}.save", "ms", [.. saves.Select(seconds => 1000 * seconds)], null),
                Of($"checkpoint.{name}.size", "MB", [bytes / 1e6], null),
                Of($"checkpoint.{name}.update", "µs", [.. steps.Select(seconds => 1e6 * seconds)], null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Seconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Measurement Of(string name, string unit, double[] figures, double? target)
    {
        Array.Sort(figures);
        return new Measurement(
            name, unit, figures[figures.Length / 2], figures[0], figures[^1], figures.Length, target);
    }

    private static BarSeries Minutes(int sessions, int length)
    {
        var random = new Seed(3).Stream();
        var count = sessions * length;
        var (times, close, volume) = (new long[count], new double[count], new double[count]);
        var (open, high, low) = (new double[count], new double[count], new double[count]);
        var day = new DateTimeOffset(2020, 1, 6, 14, 30, 0, TimeSpan.Zero);
        for (var bar = 0; bar < count; bar++)
        {
            open[bar] = bar == 0 ? 100 : close[bar - 1];
            close[bar] = open[bar] * Math.Exp(0.001 * random.NextGaussian());
            high[bar] = Math.Max(open[bar], close[bar]) * (1 + 0.0005 * random.NextDouble());
            low[bar] = Math.Min(open[bar], close[bar]) * (1 - 0.0005 * random.NextDouble());
            volume[bar] = 1e6;
            times[bar] = day.AddDays(bar / length).AddMinutes(bar % length).ToUnixTimeMilliseconds();
        }

        return BarSeries.Create("MINUTES", times, open, high, low, close, volume);
    }
}
