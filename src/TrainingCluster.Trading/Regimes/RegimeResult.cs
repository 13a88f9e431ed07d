using System.Collections.Immutable;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Regimes;

/// <summary>What a backtest earned in one kind of market.</summary>
/// <param name="Regime">The market at the bar of the decision.</param>
/// <param name="Bars">Decisions made in it.</param>
/// <param name="Share">Of all decisions, in [0, 1].</param>
/// <param name="TotalReturnRatio">Compounded over those decisions alone, less 1.</param>
/// <param name="SharpePerBar">Of those decisions' returns.</param>
/// <param name="MaxDrawdownRatio">Worst fall of the equity made of those decisions alone, in [0, 1].</param>
/// <param name="Trades">Entered by a decision in it, wherever they were left.</param>
/// <param name="WinRate">Of those trades; null without any.</param>
public sealed record RegimeResult(
    MarketRegime Regime,
    int Bars,
    double Share,
    double TotalReturnRatio,
    Estimate SharpePerBar,
    double MaxDrawdownRatio,
    int Trades,
    double? WinRate)
{
    /// <param name="result">The backtest.</param>
    /// <param name="regimes">One a bar of the whole series.</param>
    /// <returns>One a regime, those without bars included, in the order of the enumeration.</returns>
    public static ImmutableArray<RegimeResult> Of(BacktestResult result, ImmutableArray<MarketRegime> regimes)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Window.End > regimes.Length)
        {
            throw new ArgumentException(
                $"there are {regimes.Length} regimes; the backtest uses bars up to {result.Window.End}",
                nameof(regimes));
        }

        return [.. Enum.GetValues<MarketRegime>().Select(regime => Of(result, regimes, regime))];
    }

    private static RegimeResult Of(
        BacktestResult result, ImmutableArray<MarketRegime> regimes, MarketRegime regime)
    {
        double[] returns =
            [.. result.Returns.Where((_, i) => regimes[result.Window.Start + i] == regime)];
        return Of(
            regime, returns, (returns.Length, result.Returns.Length),
            result.Trades.Where(trade => regimes[trade.EntryBar - MarketSimulator.FillBar(0)] == regime));
    }

    /// <param name="returns">In the regime, one a moment.</param>
    /// <param name="decisions">In the regime, and all.</param>
    /// <param name="trades">Entered in it.</param>
    internal static RegimeResult Of(
        MarketRegime regime, double[] returns, (int Within, int All) decisions, IEnumerable<Trade> trades)
    {
        var equity = new double[returns.Length + 1];
        equity[0] = 1;
        for (var i = 0; i < returns.Length; i++)
        {
            equity[i + 1] = equity[i] * (1 + returns[i]);
        }

        var sum = trades.Aggregate(default(TradeStatistics), (known, trade) => known.With(trade.NetReturn));
        return new RegimeResult(
            regime,
            decisions.Within,
            decisions.All == 0 ? 0 : (double)decisions.Within / decisions.All,
            equity[^1] - 1,
            SharpeStatistics.Sharpe(returns),
            Drawdown.Worst(equity).Ratio,
            sum.Count,
            sum.WinRate);
    }
}
