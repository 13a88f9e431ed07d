using System.Diagnostics;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments.PeerMarket;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Bench.Learners;

/// <summary>PPO end to end on the peer market: rollouts, advantages, ten epochs of updates.</summary>
internal static class PpoBench
{
    private const int Iterations = 8;

    public static IEnumerable<Measurement> Run() =>
    [
        .. Measure(256, 2, 40_000),
        .. Measure(64, 2, 16_000),
        .. Measure(256, 1, null),
        PeakMemory(),
    ];

    private static Measurement PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64 / 1e6;
        return new Measurement("ppo.peer_market.peak_memory", "MB", peak, peak, peak, 1, 300);
    }

    private static IEnumerable<Measurement> Measure(int miniBatch, int threads, double? target)
    {
        var options = new PpoOptions
        {
            TotalSteps = long.MaxValue / 4,
            Episodes = 8,
            RolloutSteps = 256,
            MiniBatch = miniBatch,
            Epochs = 10,
        };
        var environment = new PeerMarketEnvironment(
            PeerMarketData.Generate(), options.Episodes, 1, PeerMarketEnvironment.Training);
        using var second = threads == 2 ? new SecondThread("bench") : null;
        var learner = new PpoLearner(options, environment, new Seed(1), null, second);
        foreach (var figure in Comparison.Of(
            $"ppo.peer_market.batch_{miniBatch}.threads_{threads}", "steps/s", target,
            (double)Iterations * options.TransitionsPerIteration,
            () =>
            {
                for (var i = 0; i < Iterations; i++)
                {
                    learner.Iterate();
                }
            },
            threads == 2 ? PeerProcess.StartAll("ppo.py", null, $"{miniBatch}") : []))
        {
            yield return figure;
        }
    }
}
