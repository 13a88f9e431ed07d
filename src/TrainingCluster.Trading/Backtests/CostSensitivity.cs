using System.Collections.Immutable;
using TrainingCluster.Trading.Metrics;

namespace TrainingCluster.Trading.Backtests;

/// <summary>What is left of the same decisions at a multiple of the costs.</summary>
/// <param name="Factor">Of fees, spread, slippage and borrowing; 0 is free.</param>
/// <param name="Metrics">Net of that.</param>
public sealed record CostSensitivity(double Factor, PerformanceMetrics Metrics)
{
    /// <summary>The multiples that reports show.</summary>
    public static ImmutableArray<double> Factors { get; } = [0, 1, 2, 3];
}
