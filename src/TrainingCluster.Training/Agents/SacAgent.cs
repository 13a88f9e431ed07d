using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Sac;

namespace TrainingCluster.Training.Agents;

/// <summary>SAC over sizes from flat to full.</summary>
internal sealed class SacAgent() : ReplayAgent("sac", ActionMeaning.Number, 1)
{
    protected override HyperParameters Own => HyperParameters.Of(
        ("target_share", 0.005), ("initial_temperature", 0.1), ("target_entropy", -1));

    protected override HyperParameters OwnTuning => Own;

    public override OffPolicyLearner Learner(ReplaySetting setting) => SacLearner.Create(
        new SacOptions
        {
            Learning = ReplayBudgets.Learning(setting.Values, null),
            Hidden = setting.Hidden,
            TargetShare = setting.Values["target_share"],
            InitialTemperature = setting.Values["initial_temperature"],
            TargetEntropy = setting.Values["target_entropy"],
        },
        new ContinuousMarket(setting.Episodes), setting.Seed, setting.Extras);

    protected override IOffPolicyAlgorithm Shape(
        int observations, ImmutableArray<int> hidden, ModelArtifact artifact) =>
        new SacAlgorithm(new SacOptions { Learning = Acting, Hidden = hidden }, observations, 1, 1, new Seed(0));
}
