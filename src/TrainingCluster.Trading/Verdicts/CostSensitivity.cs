using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>The same decisions at a multiple of the costs.</summary>
/// <param name="Multiple">Of the fee.</param>
/// <param name="SharpePerBar">Net of that.</param>
/// <param name="TotalReturnRatio">Net of that.</param>
public sealed record CostSensitivity(double Multiple, Estimate SharpePerBar, double TotalReturnRatio)
{
    /// <summary>At one, two and three times the costs.</summary>
    public static ImmutableArray<CostSensitivity> Of(
        BarSeries bars, ReadOnlySpan<double> positions, IndexRange window, CostModel costs)
    {
        var rows = ImmutableArray.CreateBuilder<CostSensitivity>();
        foreach (var multiple in new[] { 1.0, 2, 3 })
        {
            var fee = new CostModel(Math.Min(0.99, costs.FeeRatio * multiple));
            var result = Backtest.Run(bars, positions, window, fee);
            rows.Add(new CostSensitivity(
                multiple, SharpeStatistics.Sharpe(result.Returns.AsSpan()), result.Equity[^1] - 1));
        }

        return rows.ToImmutable();
    }
}
