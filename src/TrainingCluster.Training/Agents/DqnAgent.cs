using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>DQN, double and dueling, over the four discrete actions.</summary>
internal sealed class DqnAgent() : ReplayAgent("dqn", ActionMeaning.Choice, MarketDynamics.ActionCount)
{
    protected override HyperParameters Own => HyperParameters.Of(
        ("exploration_start", 1), ("exploration_end", 0.05), ("exploration_share", 0.5), ("target_every", 1_024));

    protected override HyperParameters OwnTuning => Own.With("exploration_start", 0.05);

    public override OffPolicyLearner Learner(ReplaySetting setting) => DqnLearner.Create(
        Options(ReplayBudgets.Learning(setting.Values, null), setting.Hidden) with
        {
            TargetEverySteps = setting.Values.Whole("target_every"),
            Exploration = ReplayBudgets.Exploration(setting.Values),
        },
        setting.Episodes, setting.Seed, setting.Extras);

    protected override IOffPolicyAlgorithm Shape(
        int observations, ImmutableArray<int> hidden, ModelArtifact artifact)
    {
        var options = Options(Acting, hidden);
        return new DqnAlgorithm(
            options, options.Shape(observations, [MarketDynamics.ActionCount]), 1, new Seed(0));
    }

    private static DqnOptions Options(OffPolicyOptions learning, ImmutableArray<int> hidden) =>
        new() { Learning = learning, Trunk = hidden };
}
