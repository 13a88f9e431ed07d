using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Schedules;
using TrainingCluster.Training.Td3;

namespace TrainingCluster.Training.Agents;

/// <summary>TD3 over sizes from flat to full.</summary>
internal sealed class Td3Agent() : ReplayAgent("td3", ActionMeaning.Number, 1)
{
    protected override HyperParameters Own => HyperParameters.Of(
        ("target_share", 0.005), ("policy_delay", 2), ("target_noise", 0.2), ("target_noise_limit", 0.5),
        ("exploration_noise", 0.3));

    protected override HyperParameters OwnTuning => Own.With("exploration_noise", 0.1);

    public override OffPolicyLearner Learner(ReplaySetting setting) => Td3Learner.Create(
        new Td3Options
        {
            Learning = ReplayBudgets.Learning(setting.Values, null),
            Hidden = setting.Hidden,
            TargetShare = setting.Values["target_share"],
            PolicyDelay = setting.Values.Whole("policy_delay"),
            TargetNoise = setting.Values["target_noise"],
            TargetNoiseLimit = setting.Values["target_noise_limit"],
            ExplorationNoise = new ConstantSchedule(setting.Values["exploration_noise"]),
        },
        new ContinuousMarket(setting.Episodes), setting.Seed, setting.Extras);

    protected override IOffPolicyAlgorithm Shape(
        int observations, ImmutableArray<int> hidden, ModelArtifact artifact) =>
        new Td3Algorithm(new Td3Options { Learning = Acting, Hidden = hidden }, observations, 1, 1, new Seed(0));
}
