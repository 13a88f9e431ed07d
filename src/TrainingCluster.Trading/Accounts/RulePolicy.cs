using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Trading.Accounts;

/// <summary>
/// Holds each symbol's signal of one strategy at an equal share of equity. Orders are given when the signal
/// changes, and again while a limit order has not been filled.
/// </summary>
public sealed class RulePolicy : IAccountPolicy
{
    private readonly ImmutableArray<StrategySignals> _signals;
    private readonly double _share;
    private readonly double? _limitRatio;
    private readonly int[] _held;

    /// <param name="markets">The account's markets, in its order.</param>
    /// <param name="rule">The strategy.</param>
    /// <param name="limitRatio">Null: orders are filled at the next open. Else they are limit orders that far on
    /// the better side of the deciding close, as a share of it: 0.001 buys a tenth of a per cent lower.</param>
    public RulePolicy(ImmutableArray<BarSeries> markets, IStrategyRule rule, double? limitRatio = null)
    {
        _signals = [.. markets.Select(rule.Evaluate)];
        _share = 1.0 / markets.Length;
        _limitRatio = limitRatio is null or (>= 0 and < 1) ? limitRatio : throw new ArgumentOutOfRangeException(
            nameof(limitRatio), limitRatio, "a limit must be at least 0 and below 1 away from the close");
        _held = new int[markets.Length];
    }

    public void Decide(AccountMoment moment, IList<AccountOrder> orders)
    {
        for (var market = 0; market < _held.Length; market++)
        {
            if (!moment.Closed[market])
            {
                continue;
            }

            var bar = moment.Bars[market];
            var signal = _signals[market].Signal[bar];
            var side = Math.Sign(moment.Shares[market]);
            if (signal == _held[market] && (_limitRatio is null || signal == side))
            {
                continue;
            }

            _held[market] = signal;
            var direction = Math.Sign(signal - side);
            var limit = moment.Markets[market].Close[bar] * (1 - direction * (_limitRatio ?? 0));
            orders.Add(new AccountOrder(market, signal * _share, _limitRatio is null ? null : limit));
        }
    }
}
