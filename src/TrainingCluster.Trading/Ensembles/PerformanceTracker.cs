using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// Remembers a strategy's closed trades and measures the last of them. Not thread-safe: one owner each.
/// </summary>
public sealed class PerformanceTracker
{
    public const int DefaultWindowTrades = 20;

    private readonly List<Trade> _trades = [];
    private readonly int _windowTrades;
    private int _losingStreak;

    /// <param name="windowTrades">How many of the last trades are measured, at least 1.</param>
    public PerformanceTracker(int windowTrades = DefaultWindowTrades)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowTrades, 1);
        _windowTrades = windowTrades;
    }

    /// <summary>Every trade recorded, in order.</summary>
    public IReadOnlyList<Trade> Trades => _trades;

    /// <exception cref="ArgumentException">The trade is still open: its outcome is not known.</exception>
    public void Record(Trade trade)
    {
        if (!trade.IsClosed)
        {
            throw new ArgumentException(
                $"the trade entered at bar {trade.EntryBar} is open; only closed trades are recorded",
                nameof(trade));
        }

        _trades.Add(trade);
        _losingStreak = trade.NetReturn < 0 ? _losingStreak + 1 : 0;
    }

    /// <summary>Over the last trades of the window.</summary>
    public TrackedPerformance Measure()
    {
        var first = Math.Max(0, _trades.Count - _windowTrades);
        var returns = new double[_trades.Count - first];
        var equity = new double[returns.Length + 1];
        equity[0] = 1;
        var statistics = default(TradeStatistics);
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] = _trades[first + i].NetReturn;
            equity[i + 1] = equity[i] * (1 + returns[i]);
            statistics = statistics.With(returns[i]);
        }

        return new TrackedPerformance(
            statistics.Count,
            statistics.WinRate,
            statistics.ProfitFactor,
            statistics.ProfitFactorIsInfinite,
            SharpeStatistics.Sharpe(returns).Value,
            Drawdown.Worst(equity).Ratio,
            _losingStreak);
    }
}
