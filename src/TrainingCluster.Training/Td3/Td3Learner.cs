using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Td3;

/// <summary>Makes learners of TD3.</summary>
public static class Td3Learner
{
    /// <summary>A learner for an environment of continuous actions.</summary>
    /// <exception cref="ArgumentException">Options that cannot be used; all violations are
    /// listed.</exception>
    public static OffPolicyLearner Create(
        Td3Options options, IContinuousEnvironment environment, Seed seed, OffPolicyExtras? extras = null)
    {
        var algorithm = new Td3Algorithm(
            options.Validated(), environment.ObservationSize, environment.ActionSize, environment.Count, seed,
            extras?.Second);
        return new OffPolicyLearner(options.Learning, environment, algorithm, seed, extras);
    }
}
