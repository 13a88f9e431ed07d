using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.DeepScalper;

/// <summary>DeepScalper with limit orders as they are: 21 price levels × 11 quantities, a fee of five basis points,
/// sessions of 390 minutes.</summary>
public sealed class LimitOrderLearningSpecs
{
    private const int Steps = 16_000;

    [Fact]
    public void It_earns_more_than_the_fee_on_sessions_it_never_saw()
    {
        var seed = new Seed(1);
        var minutes = new PlantedMinutes(
            seed.For("market"),
            new PlantedSizes(390, TrainSessions: 40, HeldOutSessions: 6, FeeRatio: 0.0005, TrendShare: 0.4));
        var scores = new List<double>();
        var plan = new EvaluationPlan(Steps / 2, policy =>
        {
            scores.Add(EpisodeEvaluation.Returns(policy, minutes.HeldOut(4, seed.For("evaluation"))).Average());
            return scores[^1];
        });
        var learner = new DeepScalperLearner(
            Options, minutes.Training(8, seed.For("episodes")), minutes.Market, PlantedMinutes.Layout, seed,
            new OffPolicyExtras { Evaluation = plan }).Learner;

        while (!learner.Finished)
        {
            learner.Iterate();
        }

        var policy = new Watched(learner.Policy(learner.Current()));
        var (earned, holding) = minutes.Trade(policy);
        Assert.True(earned > 1, $"{earned} % a session, held {holding} bars");
        Assert.True(policy.Levels.Count > 1 && policy.Quantities.Count > 2);
        Assert.InRange(policy.Levels.Max, 0, 20);
        Assert.InRange(policy.Quantities.Max, 0, 10);
        // The looks saw what the account earned: their score comes again without any learner.
        var best = learner.Policy(learner.Best!);
        Assert.Equal(scores.Max(), learner.Best!.Score);
        Assert.Equal(
            learner.Best.Score,
            EpisodeEvaluation.Returns(best, minutes.HeldOut(4, seed.For("evaluation"))).Average());
    }

    private static DeepScalperOptions Options => new()
    {
        Learning = new OffPolicyOptions
        {
            TotalSteps = Steps,
            LearningStarts = 1_000,
            UpdatesPerRound = 2,
            BatchSize = 64,
            LearningRate = new LinearSchedule(2e-3, 2e-4, Steps),
            MaximumGradientNorm = 10,
            Replay = new ReplayOptions { Capacity = Steps, Gamma = 0.9, Priorities = new PriorityOptions() },
        },
        MicroEncoder = [32],
        MacroEncoder = [16],
        Trunk = [64],
        Head = [32],
        HindsightWeight = 0.5,
        HindsightBars = 30,
        VolatilityBars = PlantedMinutes.VolatilityBars,
        TargetEverySteps = 1_000,
        Exploration = new LinearSchedule(1, 0.05, Steps / 2),
    };

    private sealed class Watched(IGreedyPolicy policy) : IGreedyPolicy
    {
        public SortedSet<float> Levels { get; } = [];

        public SortedSet<float> Quantities { get; } = [];

        public void Act(ReadOnlySpan<float> observation, Span<float> action)
        {
            policy.Act(observation, action);
            Levels.Add(action[0]);
            Quantities.Add(action[1]);
        }
    }
}
