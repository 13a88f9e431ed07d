using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Accounts;

/// <summary>
/// One cash account over several symbols, whose bars need not stand at the same moments. At each moment: orders
/// decided before meet the bars that open (sales first, so that their money can be spent), short positions pay
/// for the bar, everything is valued at the last close, and the policy decides. Without costs and with an order
/// at every bar the account of one symbol grows as <see cref="Backtests.Backtest"/> says.
/// </summary>
public static class AccountSimulator
{
    /// <exception cref="ArgumentException">There is no market, a symbol twice, or an option out of
    /// range.</exception>
    public static AccountResult Run(
        ImmutableArray<BarSeries> markets, IAccountPolicy policy, AccountOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        options.Validate();
        if (markets.IsDefaultOrEmpty || markets.Select(bars => bars.Symbol).Distinct().Count() != markets.Length)
        {
            throw new ArgumentException("an account needs at least one market, and no symbol twice", nameof(markets));
        }

        return new Walk(markets, policy, options).Run();
    }

    private sealed class Walk(ImmutableArray<BarSeries> markets, IAccountPolicy policy, AccountOptions options)
    {
        private readonly AccountBook _book = new(markets, options);
        private readonly int[] _bars = [.. Enumerable.Repeat(-1, markets.Length)];
        private readonly bool[] _closed = new bool[markets.Length];
        private readonly double[] _shares = new double[markets.Length];
        private readonly AccountOrder?[] _pending = new AccountOrder?[markets.Length];
        private readonly List<AccountOrder> _orders = [];

        public AccountResult Run()
        {
            var times = Moments(markets);
            var equity = new double[times.Length];
            var exposure = new double[times.Length];
            for (var i = 0; i < times.Length; i++)
            {
                Advance(times[i]);
                equity[i] = _book.Equity;
                exposure[i] = equity[i] > 0 ? _book.Gross / equity[i] : 0;
                if (!_book.IsRuined)
                {
                    Decide(times[i], equity[i]);
                }
            }

            return new AccountResult(
                ImmutableCollectionsMarshal.AsImmutableArray(times),
                ImmutableCollectionsMarshal.AsImmutableArray(equity),
                ImmutableCollectionsMarshal.AsImmutableArray(exposure),
                [.. _book.Events],
                _book.Cash,
                [.. _book.Quantities],
                _book.Fees,
                _book.Friction,
                _book.Borrowing);
        }

        private void Advance(long time)
        {
            for (var market = 0; market < markets.Length; market++)
            {
                var next = _bars[market] + 1;
                _closed[market] = next < markets[market].Count && markets[market].Times[next] == time;
                if (_closed[market])
                {
                    _bars[market] = next;
                    _book.Mark(market, markets[market].Open[next]);
                }
            }

            Fill(reducing: true);
            Fill(reducing: false);
            for (var market = 0; market < markets.Length; market++)
            {
                if (_closed[market])
                {
                    _book.Mark(market, markets[market].Close[_bars[market]]);
                    _book.Borrow(market);
                }
            }

            _book.RuinIfBroke(time);
        }

        private void Fill(bool reducing)
        {
            for (var market = 0; market < markets.Length; market++)
            {
                if (_closed[market] && _pending[market] is { } order
                    && (!reducing || order.Share * _book.Equity < _book.Value(market)))
                {
                    _book.Fill(order, _bars[market]);
                    _pending[market] = null;
                }
            }
        }

        private void Decide(long time, double equity)
        {
            for (var market = 0; market < _shares.Length; market++)
            {
                _shares[market] = _book.Value(market) / equity;
            }

            _orders.Clear();
            policy.Decide(new AccountMoment(time, markets, _bars, _closed, _shares, equity), _orders);
            foreach (var order in _orders)
            {
                if (!double.IsFinite(order.Share) || !(order.Limit is null or > 0))
                {
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                        $"an order asks for a share of {order.Share} at {order.Limit}; the share must be finite "
                        + $"and the limit above 0"));
                }

                if (_pending[order.Market] is not null)
                {
                    _book.Log(time, order.Market, AccountEventKind.Replaced);
                }

                _pending[order.Market] = order;
            }
        }

        private static long[] Moments(ImmutableArray<BarSeries> markets)
        {
            if (markets.Length == 1)
            {
                return markets[0].Times.ToArray();
            }

            var all = new SortedSet<long>();
            foreach (var bars in markets)
            {
                foreach (var time in bars.Times)
                {
                    all.Add(time);
                }
            }

            return [.. all];
        }
    }
}
