using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.Dqn;

/// <summary>
/// Parameters of RL Baselines3 Zoo for CartPole-v1, whose published score is 500 ± 0 at 50,000 steps; the last
/// policy may be worse than the best, there too.
/// </summary>
[Trait("Category", "slow")]
public sealed class CartPoleSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Dqn_balances_the_pole_within_50_000_steps(ulong value)
    {
        var seed = new Seed(value);
        var options = new DqnOptions
        {
            Learning = new OffPolicyOptions
            {
                TotalSteps = 50_000,
                LearningStarts = 1000,
                StepsPerRound = 256,
                UpdatesPerRound = 128,
                BatchSize = 64,
                LearningRate = new ConstantSchedule(2.3e-3),
                MaximumGradientNorm = 10,
                Replay = new ReplayOptions { Capacity = 100_000, Gamma = 0.99 },
            },
            Trunk = [256, 256],
            Double = false,
            Dueling = false,
            TargetEverySteps = 10,
            Exploration = new LinearSchedule(1, 0.04, 8_000),
        };
        var learner = DqnLearner.Create(
            options, new CartPoleEnvironment(1, seed.For("training")), seed,
            new OffPolicyExtras
            {
                Evaluation = EvaluationPlan.MeanReturn(
                    5_000, () => new CartPoleEnvironment(20, seed.For("evaluation"))),
            });

        while (!learner.Finished)
        {
            learner.Iterate();
        }

        // Judged once more, on starts that chose nothing.
        var returns = EpisodeEvaluation.Returns(
            learner.Policy(learner.Best!), new CartPoleEnvironment(20, seed.For("unseen")));
        Assert.InRange(returns.Average(), 475, 500);
    }
}
