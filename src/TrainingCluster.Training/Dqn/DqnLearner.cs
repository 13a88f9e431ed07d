using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Dqn;

/// <summary>Makes learners of DQN, and of BDQ where actions have several branches.</summary>
public static class DqnLearner
{
    /// <summary>A learner for an environment of discrete or branching actions.</summary>
    /// <exception cref="ArgumentException">Options that cannot be used; all violations are
    /// listed.</exception>
    public static OffPolicyLearner Create(
        DqnOptions options, IEpisodeVector environment, Seed seed, OffPolicyExtras? extras = null)
    {
        var branches = new ActionPort(environment).Branches;
        if (branches.IsEmpty)
        {
            throw new ArgumentException(
                "DQN chooses among discrete actions, this environment takes continuous ones; "
                + "use SAC or TD3", nameof(environment));
        }

        var algorithm = new DqnAlgorithm(
            options.Validated(), options.Shape(environment.ObservationSize, branches), environment.Count,
            seed, second: extras?.Second);
        return new OffPolicyLearner(options.Learning, environment, algorithm, seed, extras);
    }
}
