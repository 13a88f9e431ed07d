using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Backtests;

/// <summary>What is left of the same decisions at a multiple of the costs.</summary>
/// <param name="Factor">Of fees, spread, slippage and borrowing; 0 is free.</param>
/// <param name="Metrics">Net of that.</param>
public sealed record CostSensitivity(double Factor, PerformanceMetrics Metrics)
{
    /// <summary>The multiples that reports show.</summary>
    public static ImmutableArray<double> Factors { get; } = [0, 1, 2, 3];

    /// <summary>Of positions on one symbol, without intervals.</summary>
    /// <param name="bars">The market.</param>
    /// <param name="positions">One a bar, in [−1, 1].</param>
    /// <param name="window">The decision bars.</param>
    /// <param name="costs">Those of factor 1.</param>
    public static ImmutableArray<CostSensitivity> Of(
        BarSeries bars, ReadOnlySpan<double> positions, IndexRange window, CostModel costs)
    {
        var rows = ImmutableArray.CreateBuilder<CostSensitivity>(Factors.Length);
        foreach (var factor in Factors)
        {
            var result = Backtest.Run(bars, positions, window, costs.Times(factor));
            rows.Add(new CostSensitivity(factor, Performance.WithoutInterval(result, bars.BarsPerYear)));
        }

        return rows.MoveToImmutable();
    }
}
