using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>A reinforcement learner as the pipeline sees it: trained as stage 2, tuned as the policy of a hybrid,
/// stored and loaded again.</summary>
internal interface IAgent
{
    /// <summary>"ppo", "sac" …: of options, job ids and artifacts.</summary>
    string Name { get; }

    /// <summary>Choices; of several branches all together; 1 where the action is a number.</summary>
    int Actions { get; }

    /// <summary>The numbers of stage 2.</summary>
    HyperParameters Budget(BudgetName budget);

    /// <summary>The numbers of a hybrid's tuning.</summary>
    HyperParameters HybridBudget(BudgetName budget);

    /// <summary>On a market whose encoder outputs are there.</summary>
    /// <exception cref="ArgumentException">Numbers are out of range; all are named.</exception>
    IAgentTraining Train(StageContext context, AgentMarket market);

    /// <summary>Encoder and policy together, begun with both as they are stored.</summary>
    /// <exception cref="ArgumentException">Numbers are out of range; all are named.</exception>
    IHybridTraining Tune(StageContext context, AgentMarket market, EncoderModel encoder, AgentModel agent);

    /// <summary>The stored policy.</summary>
    /// <exception cref="ArtifactFormatException">Its tensors do not fit its configuration.</exception>
    IPolicySnapshot Load(AgentConfig config, ModelArtifact artifact, NormalizerState normalizer);
}
