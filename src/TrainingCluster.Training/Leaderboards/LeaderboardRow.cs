using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Verdicts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Leaderboards;

/// <summary>What a row of the leaderboard is.</summary>
public enum LeaderboardKind
{
    /// <summary>A trained model.</summary>
    Model,

    /// <summary>A strategy's bare rule, untrained.</summary>
    Rule,

    /// <summary>Something that takes no skill: buy and hold, flat, random entries.</summary>
    Benchmark,
}

/// <summary>A trained model that stands for the leaderboard.</summary>
/// <param name="ModelType">"cnn_lstm", an agent's name, "hybrid" or "ensemble".</param>
/// <param name="Version">The registered version, where there is one.</param>
/// <param name="Grade">"S" … "F", or null where the model could not be graded.</param>
public sealed record LeaderboardCandidate(
    string ModelType, string? Strategy, string? Version, string? Grade, JobEvaluation Evaluation);

/// <summary>One competitor, scored on bars that no learner and no choice has seen.</summary>
public sealed record LeaderboardRow
{
    public required LeaderboardKind Kind { get; init; }

    /// <summary>The model type, or the name of the rule or benchmark.</summary>
    public required string Name { get; init; }

    public required string? Strategy { get; init; }

    /// <summary>The agent of an agent's or a hybrid's model.</summary>
    public string? Agent { get; init; }

    /// <summary>The symbol that the figures are of; null for the account over all symbols, and with one
    /// symbol.</summary>
    public string? Symbol { get; init; }

    public required string? Version { get; init; }

    public required string? Grade { get; init; }

    /// <summary>Net of costs, a decision at a close filled at the next open: the figures that count.</summary>
    public required PerformanceMetrics NextOpen { get; init; }

    /// <summary>The same decisions filled at the next close: shown beside, because some data have no honest
    /// open.</summary>
    public required PerformanceMetrics NextClose { get; init; }

    /// <summary>Per-bar Sharpe ratio on the validation window; models only. The one figure that a choice may
    /// use.</summary>
    public double? ValidationSharpePerBar { get; init; }

    /// <summary>Probability that the true Sharpe ratio beats the best of that many skill-less trials; models
    /// only.</summary>
    public double? DeflatedSharpe { get; init; }

    /// <summary>What the next-open figures are worth, one by one.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Net of costs under <see cref="NextOpen"/>, one a bar of the window.</summary>
    public required ImmutableArray<double> Returns { get; init; }

    /// <summary>The model that validation would have picked.</summary>
    public bool Selected { get; init; }

    /// <summary>The strategy; of a hybrid with an agent that is not the default one, the agent too.</summary>
    public string? Subject => Strategy is { } strategy && Name == Stages.TypeName(Stage.Hybrid) && Agent is { } agent
        ? Stages.HybridName(strategy, agent)
        : Strategy;

    /// <summary>Name, strategy, agent and symbol, as people say them.</summary>
    public string Title => (Strategy is null ? Name.Replace('_', ' ') : $"{Name}/{Subject}")
        + (Symbol is null ? "" : $" on {Symbol}");

    /// <summary>Growth of 1 over the window under <see cref="NextOpen"/>; one more point than bars.</summary>
    public required ImmutableArray<double> Equity { get; init; }
}
