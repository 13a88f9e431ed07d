using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Backtests;

public sealed class PanelBacktestSpecs
{
    private static readonly BarSeries A = Bars.Daily(60).Noisy(0.02, 1).Named("A").Build();
    private static readonly BarSeries B = Bars.Daily(60).WithoutStamps(20, 10).Noisy(0.02, 2).Named("B").Build();

    [Fact]
    public void One_symbol_is_its_own_account()
    {
        var positions = Positions(60, 1);

        var result = PanelBacktest.Run(A, positions, [new IndexRange(5, 60)], new CostModel());

        var alone = Backtest.Run(A, positions, new IndexRange(5, 60), new CostModel());
        Assert.Equal(alone.Returns, result.Account.Returns.AsEnumerable());
        Assert.Equal(alone.Window, result.Account.Window);
        Assert.Equal(A.Times[5..59].ToArray(), result.Times.AsEnumerable());
    }

    [Fact]
    public void The_account_earns_the_mean_of_what_its_symbols_earn_at_each_moment()
    {
        var panel = BarPanel.Of([A, B]);
        var positions = Positions(panel.Count, 2);

        var result = PanelBacktest.Run(
            panel, positions, [new IndexRange(5, 60), new IndexRange(5, 50)], new CostModel());

        var (a, b) = (result.Symbols[0], result.Symbols[1]);
        Assert.Equal(54, result.Times.Length);
        for (var i = 0; i < result.Times.Length; i++)
        {
            var expected = 0.0;
            foreach (var (bars, own) in new[] { (A, a), (B, b) })
            {
                var bar = bars.Times.BinarySearch(result.Times[i]);
                expected += bar >= own.Window.Start && bar < own.Window.End
                    ? own.Returns[bar - own.Window.Start] / 2
                    : 0;
            }

            Assert.Equal(expected, result.Account.Returns[i], 1e-15);
        }

        Assert.Equal(a.Trades.Length + b.Trades.Length, result.Account.Trades.Length);
        Assert.Equal((a.Turnover + b.Turnover) / 2, result.Account.Turnover, 1e-12);
    }

    [Fact]
    public void Without_costs_a_cash_account_that_follows_the_same_decisions_ends_close_to_it()
    {
        var panel = BarPanel.Of([A, Bars.Daily(60).Noisy(0.02, 2).Named("B").Build()]);
        var positions = Positions(panel.Count, 3);

        var shares = PanelBacktest.Run(panel, positions, [new IndexRange(0, 60), new IndexRange(0, 60)], CostModel.Free);
        var cash = AccountSimulator.Run(
            panel.Symbols,
            new TrackPolicy([.. shares.Symbols.Select(symbol => symbol.Positions)]),
            new AccountOptions { Costs = CostModel.Free });

        Assert.Equal(shares.Account.Equity[^1], cash.Equity[^1] / cash.Equity[0], 0.01);
    }

    private static double[] Positions(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(t => (t / 7 + seed) % 3 - 1.0)];
}
