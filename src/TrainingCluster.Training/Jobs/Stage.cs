using TrainingCluster.Training.Agents;

namespace TrainingCluster.Training.Jobs;

/// <summary>The four stages of the pipeline, in the order in which one feeds the next.</summary>
public enum Stage
{
    /// <summary>The encoder: classifies the next bar and the outcome of the strategy's trade.</summary>
    CnnLstm,

    /// <summary>
    /// A reinforcement learner that sizes the strategy's trade, on the frozen encoder's outputs.
    /// </summary>
    Agent,

    /// <summary>Encoder and policy fine-tuned end to end.</summary>
    Hybrid,

    /// <summary>The hybrids of all strategies, weighted by market regime and recent performance.</summary>
    Ensemble,
}

/// <summary>The names of stages in texts: job ids, command lines, registry types.</summary>
public static class Stages
{
    /// <summary>The stages in pipeline order.</summary>
    public static readonly ImmutableArray<Stage> All =
        [Stage.CnnLstm, Stage.Agent, Stage.Hybrid, Stage.Ensemble];

    /// <summary>Agents that can be trained.</summary>
    public static ImmutableArray<string> Agents => AgentCatalog.Names;

    /// <summary>The agent of runs that name none.</summary>
    public const string DefaultAgent = AgentCatalog.Default;

    /// <summary>The registry's model type: "cnn_lstm", the agent's name, "hybrid" or "ensemble".</summary>
    /// <exception cref="ArgumentException">An agent's stage was given without the agent's name.</exception>
    public static string TypeName(Stage stage, string? agent = null) => stage switch
    {
        Stage.CnnLstm => "cnn_lstm",
        Stage.Agent => agent ?? throw new ArgumentException(
            "the agent stage needs the agent's name", nameof(agent)),
        Stage.Hybrid => "hybrid",
        Stage.Ensemble => "ensemble",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "there is no such stage"),
    };

    /// <summary>
    /// The name of a strategy's hybrid with an agent: the strategy's own with the default one, else
    /// "rsi_mean_reversion-dqn". It does not depend on what other agents a run trains, so neither do the bytes.
    /// </summary>
    public static string HybridName(string strategy, string agent) =>
        agent == DefaultAgent ? strategy : $"{strategy}-{agent}";

    /// <summary>
    /// Reads "cnn_lstm", "cnn-lstm", "agent" or an agent's name, "hybrid", "ensemble"; null when unknown.
    /// </summary>
    public static Stage? TryParse(string text) => text.Replace('-', '_') switch
    {
        "cnn_lstm" => Stage.CnnLstm,
        "agent" => Stage.Agent,
        "hybrid" => Stage.Hybrid,
        "ensemble" => Stage.Ensemble,
        var other when Agents.Contains(other) => Stage.Agent,
        _ => null,
    };
}
