using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.LearningTests.Ppo;

/// <summary>
/// Parameters of RL Baselines3 Zoo for CartPole-v1, whose published score is 500 ± 0 at 100,000 steps.
/// </summary>
public sealed class CartPoleSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ppo_balances_the_pole_within_100_000_steps(ulong value) =>
        Assert.InRange(MeanReturnAfterTraining(Zoo, value), 475, 500);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Category", "slow")]
    public void So_it_does_with_a_quarter_of_earlier_steps_beside_the_fresh_ones(ulong value) =>
        Assert.InRange(MeanReturnAfterTraining(Zoo with { ReplayRatio = 0.25 }, value), 475, 500);

    private static PpoOptions Zoo => new()
    {
        TotalSteps = 100_000,
        Episodes = 8,
        RolloutSteps = 32,
        MiniBatch = 256,
        Epochs = 20,
        Gamma = 0.98,
        Lambda = 0.8,
        LearningRate = 0.001,
        ClipRange = 0.2,
        LinearSchedules = true,
    };

    private static double MeanReturnAfterTraining(PpoOptions options, ulong value)
    {
        var seed = new Seed(value);
        var learner = new PpoLearner(options, new CartPoleEnvironment(8, seed.For("training")), seed);

        while (!learner.Finished)
        {
            learner.Iterate();
        }

        return MeanGreedyReturn(learner, seed.For("evaluation"));
    }

    private static double MeanGreedyReturn(PpoLearner learner, Seed seed)
    {
        const int episodes = 20;
        var environment = new CartPoleEnvironment(episodes, seed);
        var policy = learner.Current().ToPolicy();
        var step = new VectorStep(episodes, environment.ObservationSize);
        var (actions, returns, done) = (new int[episodes], new double[episodes], new bool[episodes]);
        environment.Reset(step.Observations);
        while (!done.All(ended => ended))
        {
            for (var episode = 0; episode < episodes; episode++)
            {
                actions[episode] = policy.Act(step.Observations.AsSpan(episode * 4, 4));
            }

            environment.Step(actions, step);
            for (var episode = 0; episode < episodes; episode++)
            {
                returns[episode] += done[episode] ? 0 : step.Rewards[episode];
                done[episode] |= step.Ends[episode] != EpisodeEnd.None;
            }
        }

        return returns.Average();
    }
}
