using TrainingCluster.LearningTests.DeepScalper;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.Bandit;
using TrainingCluster.Training.Environments.BitFlip;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Environments.Pendulum;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Sac;
using TrainingCluster.Training.Schedules;
using TrainingCluster.Training.Td3;

namespace TrainingCluster.LearningTests.OffPolicy;

/// <summary>A small learner of every kind, with everything switched on that has a state.</summary>
internal static class Learners
{
    public static readonly string[] All = ["dqn", "bdq", "hindsight", "sac", "td3", "deepscalper"];

    private static readonly OffPolicyOptions Small = new()
    {
        TotalSteps = 400,
        LearningStarts = 40,
        StepsPerRound = 4,
        UpdatesPerRound = 2,
        BatchSize = 16,
        LearningRate = new LinearSchedule(1e-2, 1e-3, 400),
        MaximumGradientNorm = 10,
        NormalizeObservations = true,
        // Less than a run's steps, so that the ring has come around.
        Replay = new ReplayOptions { Capacity = 150, Steps = 2, Priorities = new PriorityOptions() },
    };

    private static readonly LinearSchedule Exploration = new(1, 0.1, 300);

    /// <param name="world">Seed of the environment.</param>
    /// <param name="self">Seed of the learner.</param>
    public static OffPolicyLearner Create(string kind, ulong world, ulong self, OffPolicyExtras? extras = null)
    {
        var (there, here) = (new Seed(world), new Seed(self));
        return kind switch
        {
            "dqn" => DqnLearner.Create(
                Dqn(Small), new CartPoleEnvironment(2, there), here, With(extras, () =>
                    EvaluationPlan.MeanReturn(50, () => new CartPoleEnvironment(2, new Seed(5))))),
            "bdq" => DqnLearner.Create(
                Dqn(Small), new BranchingBandit(3, 5, 4, 2, there), here, extras),
            "hindsight" => DqnLearner.Create(
                Dqn(Small with { Replay = Small.Replay with { HindsightGoals = 4 } }),
                new BitFlipEnvironment(5, 2, there), here, extras),
            "sac" => SacLearner.Create(
                new SacOptions { Learning = Small, Hidden = [16, 16] }, new PendulumEnvironment(2, there), here,
                extras),
            "td3" => Td3Learner.Create(
                new Td3Options { Learning = Small, Hidden = [16, 16] }, new PendulumEnvironment(2, there), here,
                extras),
            "deepscalper" => DeepScalper(new MinuteEpisodes(2, there), here, 0.5, 0.1, extras).Learner,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    public static DeepScalperLearner DeepScalper(
        MinuteEpisodes environment, Seed seed, double hindsight, double auxiliary,
        OffPolicyExtras? extras = null)
    {
        var options = ScalperOptions with { HindsightWeight = hindsight, AuxiliaryWeight = auxiliary };
        return new DeepScalperLearner(
            options, environment, environment.Market, MinuteEpisodes.Layout, seed, extras);
    }

    public static DeepScalperOptions ScalperOptions { get; } = new()
    {
        Learning = Small,
        MicroEncoder = [12],
        MacroEncoder = [8],
        Trunk = [16],
        Head = [8],
        HindsightBars = 5,
        VolatilityBars = 4,
        TargetEverySteps = 20,
        Exploration = Exploration,
    };

    public static void Run(OffPolicyLearner learner, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            learner.Iterate();
        }
    }

    private static DqnOptions Dqn(OffPolicyOptions learning) => new()
    {
        Learning = learning,
        Trunk = [16],
        Head = [8],
        TargetEverySteps = 20,
        Exploration = Exploration,
        ScaleTrunkGradient = true,
    };

    private static OffPolicyExtras With(OffPolicyExtras? extras, Func<EvaluationPlan> plan) =>
        (extras ?? new OffPolicyExtras()) with { Evaluation = plan() };
}
