using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.PeerMarket;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Sac;
using TrainingCluster.Training.Td3;

namespace TrainingCluster.Bench.Learners;

/// <summary>Updates from a filled replay of the peer market, batches of 256: drawing, losses, gradients,
/// Adam.</summary>
internal static class ReplayBench
{
    private static OffPolicyOptions Learning => new()
    {
        TotalSteps = 1_000_000,
        LearningStarts = 1_000_000,
        StepsPerRound = 1250,
        BatchSize = 256,
        Replay = new ReplayOptions { Capacity = 10_000 },
    };

    /// <summary>64-64, as the target says; neither double nor dueling, as the peer.</summary>
    public static IEnumerable<Measurement> Dqn() => Measure("dqn", "64_64", 500, 2_000, (environment, extras) =>
        DqnLearner.Create(
            new DqnOptions { Learning = Learning with { MaximumGradientNorm = 10 }, Double = false, Dueling = false },
            environment, new Seed(1), extras));

    /// <summary>256-256.</summary>
    public static IEnumerable<Measurement> Sac() => Measure("sac", "256_256", 50, 109, (environment, extras) =>
        SacLearner.Create(new SacOptions { Learning = Learning }, environment, new Seed(1), extras));

    /// <summary>256-256.</summary>
    public static IEnumerable<Measurement> Td3() => Measure("td3", "256_256", 50, 142, (environment, extras) =>
        Td3Learner.Create(new Td3Options { Learning = Learning }, environment, new Seed(1), extras));

    private static IEnumerable<Measurement> Measure(
        string name, string widths, int updates, double target,
        Func<PeerMarketEnvironment, OffPolicyExtras, OffPolicyLearner> create)
    {
        foreach (var threads in new[] { 2, 1 })
        {
            using var second = threads == 2 ? new SecondThread("bench") : null;
            var environment = new PeerMarketEnvironment(
                PeerMarketData.Generate(), 8, 1, PeerMarketEnvironment.Training);
            var learner = create(environment, new OffPolicyExtras { Second = second });
            learner.Iterate();
            foreach (var figure in Comparison.Of(
                $"{name}.updates.{widths}.threads_{threads}", "updates/s", threads == 2 ? target : null, updates,
                () =>
                {
                    for (var i = 0; i < updates; i++)
                    {
                        learner.Update();
                    }
                },
                threads == 2 ? PeerProcess.StartAll(name + ".py", null) : []))
            {
                yield return figure;
            }
        }
    }
}
