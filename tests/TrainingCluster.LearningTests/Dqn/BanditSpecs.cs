using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.Bandit;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.Dqn;

/// <summary>A table over all combinations of four branches with eleven bins has 14,641 entries.</summary>
public sealed class BanditSpecs
{
    private const int Situations = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Branching_values_find_95_of_100_right_answers_within_5_000_updates(ulong value)
    {
        var seed = new Seed(value);
        var bandit = new BranchingBandit(4, 11, Situations, 1, seed.For("bandit"));
        var options = new DqnOptions
        {
            Learning = new OffPolicyOptions
            {
                TotalSteps = 5_000,
                LearningStarts = 200,
                BatchSize = 64,
                LearningRate = new ConstantSchedule(1e-3),
                MaximumGradientNorm = 10,
                Replay = new ReplayOptions { Capacity = 5_000 },
            },
            Trunk = [64],
            Head = [32],
            Exploration = new LinearSchedule(1, 0.1, 3_000),
            ScaleTrunkGradient = true,
        };
        var learner = DqnLearner.Create(options, bandit, seed);

        while (!learner.Finished)
        {
            learner.Iterate();
        }

        Assert.InRange(learner.Updates, 4_000, 5_000);
        var policy = learner.Policy(learner.Current());
        var (right, observation, action) = (0, new float[Situations], new float[4]);
        for (var situation = 0; situation < Situations; situation++)
        {
            Array.Clear(observation);
            observation[situation] = 1;
            policy.Act(observation, action);
            for (var branch = 0; branch < 4; branch++)
            {
                right += (int)action[branch] == bandit.Answers(situation)[branch] ? 1 : 0;
            }
        }

        Assert.InRange(right, 0.95 * 4 * Situations, 4 * Situations);
    }
}
