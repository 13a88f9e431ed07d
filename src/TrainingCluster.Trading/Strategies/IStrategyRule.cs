using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies;

/// <summary>
/// A trading rule. Causal: everything it says at bar t depends on bars up to and including t. Immutable and
/// safe to share between threads.
/// </summary>
public interface IStrategyRule
{
    /// <summary>Lower-case words joined by underscores; part of job and model names.</summary>
    string Name { get; }

    /// <summary>The barriers that label this strategy's trades.</summary>
    BarrierOptions Barriers { get; }

    /// <summary>Every setting in a fixed order and culture: part of digests.</summary>
    string Parameters { get; }

    /// <summary>One value a bar in each column.</summary>
    StrategySignals Evaluate(BarSeries bars);
}
