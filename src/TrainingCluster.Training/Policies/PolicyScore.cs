using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Training.Environments.Market;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// The number that a choice between snapshots looks at: the annualised Sharpe ratio of a backtest.
/// </summary>
public static class PolicyScore
{
    /// <summary>Of the greedy policy over a window of each symbol as one account; 0 for a policy that never
    /// trades.</summary>
    /// <param name="windows">By symbol, in rows.</param>
    public static double Of(ITradingPolicy policy, MarketDynamics dynamics, ImmutableArray<IndexRange> windows)
    {
        var columns = dynamics.Columns;
        var positions = PolicyTrack.Positions(policy, dynamics, windows);
        var starts = columns.Panel.Starts;
        var backtest = PanelBacktest.Run(
            columns.Panel,
            positions,
            [.. windows.Select((rows, k) => new IndexRange(rows.Start - starts[k], rows.End - starts[k]))],
            columns.Costs,
            columns.Fill);
        return Sharpe(backtest.Account.Returns.AsSpan(), columns.Panel.BarsPerYear);
    }

    /// <summary>
    /// mean / standard deviation (divisor n − 1) × √bars a year; 0 where returns do not vary.
    /// </summary>
    public static double Sharpe(ReadOnlySpan<double> returns, double barsPerYear)
    {
        if (returns.Length < 2)
        {
            return 0;
        }

        var sum = 0.0;
        foreach (var value in returns)
        {
            sum += value;
        }

        var mean = sum / returns.Length;
        var squares = 0.0;
        foreach (var value in returns)
        {
            squares += (value - mean) * (value - mean);
        }

        var deviation = Math.Sqrt(squares / (returns.Length - 1));
        return deviation == 0 ? 0 : mean / deviation * Math.Sqrt(barsPerYear);
    }
}
