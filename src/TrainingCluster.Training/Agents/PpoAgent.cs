using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Hybrid;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Agents;

/// <summary>PPO with discrete sizes.</summary>
internal sealed class PpoAgent : IAgent
{
    public const string AgentName = "ppo";

    public string Name => AgentName;

    public int Actions => MarketDynamics.ActionCount;

    public HyperParameters Budget(BudgetName budget) => PpoBudgets.For(budget);

    public HyperParameters HybridBudget(BudgetName budget) => HybridBudgets.For(budget);

    public IAgentTraining Train(StageContext context, AgentMarket market) => new PpoTraining(
        PpoBudgets.Options(context.HyperParameters), market, context.Seed, Faults(context),
        context.Second);

    public IHybridTraining Tune(
        StageContext context, AgentMarket market, EncoderModel encoder, AgentModel agent)
    {
        var options = HybridBudgets.Options(context.HyperParameters, agent.Config.Hidden);
        var snapshot = (PpoSnapshot)agent.Snapshot;
        return new HybridLearner(
            options, market, new JoinedEncoder(encoder.CreateNetwork(), snapshot.Normalizer!), snapshot.ToNetwork(),
            context.Seed, Faults(context));
    }

    public IPolicySnapshot Load(AgentConfig config, ModelArtifact artifact, NormalizerState normalizer)
    {
        var shape = new PpoNetworkOptions(config.Observations, config.Actions) { Hidden = config.Hidden };
        var network = PpoNetworkTensors.FromTensors(shape, artifact.Tensors);
        return new PpoSnapshot(
            config.Iteration, config.ValidationSharpe, shape, network.Parameters.ToArray(), normalizer);
    }

    internal static TrainingFaults Faults(StageContext context) =>
        new(context.Recovery, context.Spec.Fault?.NanGradientAtSteps ?? []);
}
