using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Hybrid;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>An agent that learns from replay.</summary>
/// <param name="meaning">Of its actions.</param>
internal abstract class ReplayAgent(string name, ActionMeaning meaning, int actions) : IAgent
{
    public string Name => name;

    public int Actions => actions;

    /// <summary>Of its actions.</summary>
    public ActionMeaning Meaning => meaning;

    public HyperParameters Budget(BudgetName budget) => ReplayBudgets.Training(budget).And(Own);

    public HyperParameters HybridBudget(BudgetName budget) => ReplayBudgets.Tuning(budget).And(OwnTuning);

    /// <summary>A learner on a market.</summary>
    /// <exception cref="ArgumentException">Numbers are out of range; all are named.</exception>
    public abstract OffPolicyLearner Learner(ReplaySetting setting);

    public IAgentTraining Train(StageContext context, AgentMarket market)
    {
        var hidden = context.HyperParameters.Whole("hidden");
        return new ReplayTraining(this, Setting(context, market, [hidden, hidden]));
    }

    public IHybridTraining Tune(
        StageContext context, AgentMarket market, EncoderModel encoder, AgentModel agent)
    {
        var begin = (ReplaySnapshot)agent.Snapshot;
        var setting = Setting(context, market, agent.Config.Hidden);
        return new ReplayHybrid(
            this,
            setting with { Extras = setting.Extras with { Scaling = begin.Normalizer }, Begin = begin },
            new JoinedEncoder(encoder.CreateNetwork(), begin.Normalizer));
    }

    public IPolicySnapshot Load(AgentConfig config, ModelArtifact artifact, NormalizerState normalizer)
    {
        var shape = Shape(config.Observations, config.Hidden, artifact);
        float[] learned =
        [
            .. DenseNetworkTensors.Import(shape.Networks, artifact.Tensors),
            .. shape.Numbers.Select(number => artifact.Tensor(number, "F32", 1).Floats()[0]),
        ];
        return new ReplaySnapshot(
            this, shape, config.Hidden, config.Iteration,
            new OffPolicySnapshot(0, config.ValidationSharpe, learned, normalizer));
    }

    /// <summary>Numbers of stage 2 beside those that all have.</summary>
    protected abstract HyperParameters Own { get; }

    /// <summary>Numbers of a hybrid's tuning beside those that all have.</summary>
    protected abstract HyperParameters OwnTuning { get; }

    /// <summary>Networks of these widths, which learn nothing.</summary>
    protected abstract IOffPolicyAlgorithm Shape(
        int observations, ImmutableArray<int> hidden, ModelArtifact artifact);

    /// <summary>Settings of an algorithm that only acts.</summary>
    protected static OffPolicyOptions Acting { get; } = new() { TotalSteps = 1, BatchSize = 1 };

    private static ReplaySetting Setting(StageContext context, AgentMarket market, ImmutableArray<int> hidden) => new()
    {
        Values = context.HyperParameters,
        Market = market,
        Episodes = new MarketEnvironment(
            market.Dynamics, market.Data.Ranges(split => split.Train), context.HyperParameters.Whole("episodes"),
            ReplayBudgets.Episodes(context.HyperParameters), context.Seed.For("episodes")),
        Hidden = hidden,
        Seed = context.Seed,
        Extras = new OffPolicyExtras { Faults = PpoAgent.Faults(context), Second = context.Second },
    };
}

/// <summary>What a learner from replay is made of.</summary>
internal sealed record ReplaySetting
{
    public required HyperParameters Values { get; init; }

    public required AgentMarket Market { get; init; }

    public required ImmutableArray<int> Hidden { get; init; }

    public required Seed Seed { get; init; }

    public required OffPolicyExtras Extras { get; init; }

    /// <summary>What to begin with; null: from nothing.</summary>
    public ReplaySnapshot? Begin { get; init; }

    /// <summary>On the training window; one learner's only.</summary>
    public required MarketEnvironment Episodes { get; init; }
}
