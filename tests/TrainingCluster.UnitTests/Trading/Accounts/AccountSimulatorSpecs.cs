using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Accounts;

public sealed class AccountSimulatorSpecs
{
    private static readonly AccountOptions Free = new() { Costs = CostModel.Free with { Capital = 1000 } };

    [Fact]
    public void Without_costs_an_account_grows_as_the_backtest_that_learners_train_in_says()
    {
        var bars = HandBars.OfCloses(HandBars.Synthetic(300).Close.ToArray());
        double[] shares = [.. Enumerable.Range(0, 300).Select(t => Math.Sin(t / 7.0))];

        var account = AccountSimulator.Run([bars], new Plan(shares), Free);
        var backtest = Backtest.Run(bars, shares, new IndexRange(0, 300), CostModel.Free);

        Assert.Equal(
            backtest.Equity.Select(equity => 1000 * equity), account.Equity.Take(300), new Within(1e-8));
    }

    [Fact]
    public void Costs_of_a_small_trade_agree_with_the_backtest()
    {
        var bars = HandBars.OfCloses(100, 100, 100, 100, 100);
        var costs = new CostModel(0.001) { SpreadRatio = 0.002, Capital = 1000 };
        double[] shares = [0.1, 0.1, -0.1, 0, 0];

        var account = AccountSimulator.Run([bars], new Changes(shares), Free with { Costs = costs });
        var backtest = Backtest.Run(bars, shares, new IndexRange(0, 5), costs);

        Assert.Equal(1000 * backtest.Equity[^1], account.Equity[^1], 1e-3);
        Assert.Equal(0.4 * 1000 * 0.001, account.Fees, 1e-3);
        Assert.Equal(0.4 * 1000 * 0.001, account.Friction, 1e-3);
    }

    [Theory]
    [InlineData(99.0, 101, 98.9, 99.0)]
    [InlineData(99.0, 101, 99.0, null)]
    [InlineData(99.0, 98, 97.0, 98.0)]
    public void A_limit_purchase_fills_only_below_its_limit_at_the_better_of_limit_and_open(
        double limit, double open, double low, double? price)
    {
        var bars = Bars.Exactly((100, 100, 100, 100), (open, 102, low, 100), (90, 100, 80, 100));

        var account = AccountSimulator.Run([bars], new Once(new AccountOrder(0, 0.5, limit)), Free);

        var only = Assert.Single(account.Events);
        Assert.Equal(price is null ? AccountEventKind.Expired : AccountEventKind.Filled, only.Kind);
        Assert.Equal(price ?? 0, only.Price);
        Assert.Equal(price is null ? 0 : 500 / 99.0, account.Quantities[0], open < limit ? 0.1 : 1e-9);
    }

    [Theory]
    [InlineData(101.0, 100, 101.1, 101.0)]
    [InlineData(101.0, 100, 101.0, null)]
    [InlineData(101.0, 103, 104.0, 103.0)]
    public void A_limit_sale_fills_only_above_its_limit(double limit, double open, double high, double? price)
    {
        var bars = Bars.Exactly((100, 100, 100, 100), (open, high, 99, 100), (100, 200, 100, 100));

        var account = AccountSimulator.Run([bars], new Once(new AccountOrder(0, -0.5, limit)), Free);

        Assert.Equal(price ?? 0, Assert.Single(account.Events).Price);
    }

    [Fact]
    public void Symbols_share_the_cash_and_bars_need_not_stand_together()
    {
        var one = BarSeries.Create("ONE", [1, 2, 3, 5], [10, 10, 12, 12], [12, 12, 12, 12], [10, 10, 12, 12],
            [10, 12, 12, 12], [0, 0, 0, 0]);
        var two = BarSeries.Create("TWO", [1, 3, 4, 5], [20, 20, 30, 30], [30, 30, 30, 30], [20, 20, 30, 30],
            [20, 30, 30, 30], [0, 0, 0, 0]);

        var account = AccountSimulator.Run(
            [one, two], new Once(new AccountOrder(0, 0.5), new AccountOrder(1, 0.5)), Free);

        Assert.Equal([1L, 2, 3, 4, 5], account.TimesUtcMilliseconds.ToArray());
        // 500 at 10 become 600; of 1100 the other symbol gets the 500 that are left, and they become 750.
        Assert.Equal([(2L, "ONE"), (3L, "TWO")], account.Events.Select(e => (e.TimeUtcMilliseconds, e.Symbol)));
        Assert.Equal([1000, 1100, 1350, 1350, 1350], account.Equity.ToArray(), new Within(1e-9));
        Assert.Equal(50, account.Quantities[0], 1e-9);
    }

    [Fact]
    public void Limits_of_the_account_cut_orders_and_say_why()
    {
        var bars = Bars.Daily(5).WithVolume(4).Build();
        AccountEvent Only(AccountOrder order, AccountOptions options) =>
            Assert.Single(AccountSimulator.Run([bars], new Once(order), options).Events);

        var large = Only(new AccountOrder(0, 3), Free with { MaxSymbolShare = 2, MaxGrossShare = 9 });
        var gross = Only(new AccountOrder(0, 3), Free with { MaxSymbolShare = 9, MaxGrossShare = 1.5 });
        var sold = Only(new AccountOrder(0, -1), Free with { AllowShort = false });
        var thin = Only(new AccountOrder(0, 1), Free with { MaxParticipation = 0.5 });
        var lots = Only(new AccountOrder(0, 0.99), Free with { Lot = 3 });

        Assert.Equal((AccountEventKind.FilledInPart, 20.0), (large.Kind, Math.Round(large.Quantity, 9)));
        Assert.Equal((AccountEventKind.FilledInPart, 15.0), (gross.Kind, Math.Round(gross.Quantity, 9)));
        Assert.Equal((AccountEventKind.Refused, "short positions are not allowed"), (sold.Kind, sold.Detail));
        Assert.Equal((AccountEventKind.FilledInPart, 2.0), (thin.Kind, thin.Quantity));
        Assert.Equal((AccountEventKind.Filled, 9.0), (lots.Kind, lots.Quantity));
        Assert.Throws<ArgumentException>(() => Only(default, Free with { MaxParticipation = 2 }));
    }

    [Fact]
    public void Short_positions_borrow_and_a_ruined_account_trades_no_more()
    {
        var bars = HandBars.OfCloses(100, 100, 100, 350, 400);
        var costs = new CostModel(0) { BorrowRatioPerYear = 0.365, Capital = 1000 };

        var account = AccountSimulator.Run(
            [bars], new Plan([-1, -1, -1, -1, -1]), Free with { Costs = costs });

        Assert.Equal(0, account.Equity[^1]);
        Assert.Equal(AccountEventKind.Ruined, account.Events[^1].Kind);
        Assert.True(account.Borrowing > 0);
        Assert.Equal(0, account.Quantities[0]);
    }

    [Fact]
    public void The_future_changes_nothing_before_it()
    {
        ImmutableArray<BarSeries> markets = [Samples.Get("aapl-daily"), Samples.Get("sp500-daily")];
        ImmutableArray<BarSeries> corrupted = [.. markets.Select(bars => Future.CorruptAfter(bars, 700))];
        var rule = new TrainingCluster.Trading.Strategies.DonchianBreakout.DonchianBreakoutRule();
        var until = Math.Min(markets[0].Times[700], markets[1].Times[700]);

        var whole = AccountSimulator.Run(markets, new RulePolicy(markets, rule, 0.002), new AccountOptions());
        var changed = AccountSimulator.Run(corrupted, new RulePolicy(corrupted, rule, 0.002), new AccountOptions());

        var known = whole.TimesUtcMilliseconds.Count(time => time <= until);
        Assert.Equal(whole.Equity.Take(known), changed.Equity.Take(known));
        Assert.Equal(
            whole.Events.Where(e => e.TimeUtcMilliseconds <= until),
            changed.Events.Where(e => e.TimeUtcMilliseconds <= until));
        Assert.Contains(whole.Events, e => e.Kind == AccountEventKind.Expired);
        Assert.Contains(whole.Events, e => e.Kind == AccountEventKind.Filled);
    }

    private sealed class Plan(double[] shares) : IAccountPolicy
    {
        public void Decide(AccountMoment moment, IList<AccountOrder> orders) =>
            orders.Add(new AccountOrder(0, shares[moment.Bars[0]]));
    }

    private sealed class Changes(double[] shares) : IAccountPolicy
    {
        public void Decide(AccountMoment moment, IList<AccountOrder> orders)
        {
            var bar = moment.Bars[0];
            if (shares[bar] != (bar == 0 ? 0 : shares[bar - 1]))
            {
                orders.Add(new AccountOrder(0, shares[bar]));
            }
        }
    }

    private sealed class Once(params AccountOrder[] given) : IAccountPolicy
    {
        private bool _done;

        public void Decide(AccountMoment moment, IList<AccountOrder> orders)
        {
            if (!_done)
            {
                _done = true;
                foreach (var order in given)
                {
                    orders.Add(order);
                }
            }
        }
    }
}
