using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Sac;

/// <summary>Makes learners of SAC.</summary>
public static class SacLearner
{
    /// <summary>A learner for an environment of continuous actions.</summary>
    /// <exception cref="ArgumentException">Options that cannot be used; all violations are
    /// listed.</exception>
    public static OffPolicyLearner Create(
        SacOptions options, IContinuousEnvironment environment, Seed seed, OffPolicyExtras? extras = null)
    {
        var algorithm = new SacAlgorithm(
            options.Validated(), environment.ObservationSize, environment.ActionSize, environment.Count, seed,
            extras?.Second);
        return new OffPolicyLearner(options.Learning, environment, algorithm, seed, extras);
    }
}
