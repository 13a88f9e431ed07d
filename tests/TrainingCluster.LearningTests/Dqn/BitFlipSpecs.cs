using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.BitFlip;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.Dqn;

/// <summary>
/// Ten bits and a random goal (Andrychowicz et al. 2017, section 3.1): a reward is met once in 100 episodes by
/// chance, and each state is one of a million.
/// </summary>
[Trait("Category", "slow")]
public sealed class BitFlipSpecs
{
    private const int Bits = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Goals_in_hindsight_solve_95_of_100_within_5_000_steps(ulong seed) =>
        Assert.InRange(Solved(new Seed(seed), 5_000, 4), 95, 100);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_them_not_20_of_100_are_solved_after_12_000_steps(ulong seed) =>
        Assert.InRange(Solved(new Seed(seed), 12_000, 0), 0, 19);

    private static int Solved(Seed seed, int steps, int hindsightGoals)
    {
        var options = new DqnOptions
        {
            Learning = new OffPolicyOptions
            {
                TotalSteps = steps,
                LearningStarts = 100,
                BatchSize = 128,
                LearningRate = new ConstantSchedule(1e-3),
                MaximumGradientNorm = 10,
                Replay = new ReplayOptions
                {
                    Capacity = 20_000,
                    Gamma = 0.95,
                    HindsightGoals = hindsightGoals,
                },
            },
            Trunk = [64, 64],
            Dueling = false,
            TargetEverySteps = 1,
            TargetShare = 0.05,
            Exploration = new LinearSchedule(1, 0.05, steps / 5),
        };
        var learner = DqnLearner.Create(options, new BitFlipEnvironment(Bits, 1, seed.For("bits")), seed);
        while (!learner.Finished)
        {
            learner.Iterate();
        }

        var returns = EpisodeEvaluation.Returns(
            learner.Policy(learner.Current()), new BitFlipEnvironment(Bits, 100, seed.For("evaluation")));
        // An episode that never arrives earns −1 in each of its steps.
        return returns.Count(one => one > -Bits);
    }
}
