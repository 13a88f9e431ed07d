using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Backtests;

public sealed class BacktestSpecs
{
    private static readonly Within Close = new(1e-14);

    // Gross returns of decisions 0..5: +10 %, -50 %, +100 %, 0 %, +10 %, and the last to the close: +10 %.
    private static readonly BarSeries Bars = HandBars.Of(
        open: [77, 100, 110, 55, 110, 110, 121],
        close: [80, 100, 110, 55, 110, 110, 133.1]);

    [Fact]
    public void A_hand_table_with_costs_compounds_bar_by_bar()
    {
        double[] positions = [1, -1, 0, 0.5, 1, 1, 1];

        var result = Backtest.Run(Bars, positions, new IndexRange(0, 7), new CostModel(0.01));

        // Enter .01; turn .02; leave .01; half in .005; half more .005; nothing.
        double[] returns = [0.1 - 0.01, 0.5 - 0.02, -0.01, -0.005, 0.1 - 0.005, 0.1];
        Assert.Equal(new IndexRange(0, 6), result.Window);
        Assert.Equal(returns, result.Returns, Close);
        Assert.Equal(1, result.Equity[0]);
        Assert.Equal(1.09 * 1.48 * 0.99 * 0.995 * 1.095 * 1.1, result.Equity[^1], 1e-14);
        Assert.Equal(7, result.Equity.Length);
        Assert.Equal([1, -1, 0, 0.5, 1, 1], result.Positions.ToArray());
        Assert.Equal(1 + 2 + 1 + 0.5 + 0.5, result.Turnover);
    }

    [Fact]
    public void Trades_pay_their_own_fees_and_an_open_one_is_valued_at_the_last_price()
    {
        double[] positions = [1, -1, 0, 0.5, 1, 1, 1];

        var trades = Backtest.Run(Bars, positions, new IndexRange(0, 7), new CostModel(0.01)).Trades;

        Assert.Equal([(1, 2, 1, true), (2, 3, -1, true), (4, 6, 1, false)],
            trades.Select(trade => (trade.EntryBar, trade.ExitBar, (int)trade.Direction, trade.IsClosed)));
        Assert.Equal(
            [1.09 * 0.99 - 1, 1.49 * 0.99 - 1, 0.995 * 1.095 * 1.1 - 1],
            trades.Select(trade => trade.NetReturn),
            Close);
    }

    [Fact]
    public void A_window_starts_flat_and_ends_without_an_exit()
    {
        double[] positions = [double.NaN, 1, 1, 1, double.NaN, 7, 7];

        var result = Backtest.Run(Bars, positions, new IndexRange(1, 4), new CostModel(0.01));

        Assert.Equal([-0.5 - 0.01, 1, 0], result.Returns, Close);
        Assert.Equal(1, result.Turnover);
        var trade = Assert.Single(result.Trades);
        Assert.Equal((2, 5, false), (trade.EntryBar, trade.ExitBar, trade.IsClosed));
    }

    [Fact]
    public void Filled_at_closes_the_window_ends_a_bar_earlier()
    {
        var result = Backtest.Run(
            Bars, [1, 1, 1, 1, 1, 1, 1], new IndexRange(0, 7), CostModel.Free, FillRule.NextClose);

        Assert.Equal(new IndexRange(0, 5), result.Window);
        Assert.Equal([0.1, -0.5, 1, 0, 0.21], result.Returns, Close);
    }

    [Fact]
    public void Being_always_long_earns_the_market_less_one_fee()
    {
        var bars = HandBars.Synthetic(300);
        var positions = Enumerable.Repeat(1.0, 300).ToArray();

        var result = Backtest.Run(bars, positions, new IndexRange(0, 300), new CostModel());

        var market = bars.Close[^1] / bars.Open[1];
        var firstStep = bars.Open[2] / bars.Open[1];
        Assert.Equal(market * (firstStep - 0.0005) / firstStep, result.Equity[^1], 1e-12);
    }

    [Fact]
    public void Ruin_is_final()
    {
        var bars = HandBars.Of(open: [1, 1, 3, 1, 1], close: [1, 1, 3, 1, 1]);

        var result = Backtest.Run(bars, [-1, 1, 1, 1, 1], new IndexRange(0, 5), CostModel.Free);

        Assert.Equal(-1, result.Returns[0]);
        Assert.All(result.Equity.Skip(1), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_window_at_the_end_of_the_bars_is_empty_and_not_an_error()
    {
        var result = Backtest.Run(Bars, new double[7], new IndexRange(6, 7), CostModel.Free);

        Assert.Empty(result.Returns);
        Assert.Equal(1.0, Assert.Single(result.Equity));
        Assert.Empty(result.Trades);
    }

    [Fact]
    public void What_cannot_be_walked_is_refused_by_name()
    {
        var costs = CostModel.Free;

        var length = Assert.Throws<ArgumentException>(
            () => Backtest.Run(Bars, [1, 1], new IndexRange(0, 2), costs));
        var outside = Assert.Throws<ArgumentException>(
            () => Backtest.Run(Bars, new double[7], new IndexRange(3, 8), costs));
        var size = Assert.Throws<ArgumentException>(
            () => Backtest.Run(Bars, [0, 0, 1.5, 0, 0, 0, 0], new IndexRange(0, 7), costs));
        var missing = Assert.Throws<ArgumentException>(
            () => Backtest.Run(Bars, [0, 0, 0, double.NaN, 0, 0, 0], new IndexRange(0, 7), costs));

        Assert.Contains("2 positions for 7 bars", length.Message);
        Assert.Contains("[3, 8)", outside.Message);
        Assert.Contains("bar 2 is 1.5", size.Message);
        Assert.Contains("bar 3 is NaN", missing.Message);
    }

    [Fact]
    public void What_happens_after_a_bar_does_not_change_what_was_earned_before_it()
    {
        var bars = HandBars.Synthetic(200);
        var corrupted = HandBars.CorruptedAfter(bars, lastTrue: 120, seed: 3);
        var positions = Enumerable.Range(0, 200).Select(t => Math.Sin(t)).ToArray();

        var whole = Backtest.Run(bars, positions, new IndexRange(0, 119), new CostModel());
        var changed = Backtest.Run(corrupted, positions, new IndexRange(0, 119), new CostModel());

        Assert.Equal(whole.Returns.ToArray(), changed.Returns.ToArray());
        Assert.Equal(whole.Trades.ToArray(), changed.Trades.ToArray());
    }
}
