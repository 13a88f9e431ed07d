using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.UnitTests.Trading.Baselines;

public sealed class BaselineSpecs
{
    [Fact]
    public void Buying_and_holding_is_one_trade_and_flat_is_none()
    {
        var bars = HandBars.Synthetic(50);
        var window = new IndexRange(10, 50);

        var held = Backtest.Run(bars, BuyAndHold.Positions(bars), window, new CostModel());
        var flat = Backtest.Run(bars, Flat.Positions(bars), window, new CostModel());

        Assert.Equal(1, held.Turnover);
        Assert.False(Assert.Single(held.Trades).IsClosed);
        Assert.Empty(flat.Trades);
        Assert.All(flat.Returns, value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_bare_rule_holds_its_signal()
    {
        var bars = Samples.Get("aapl-daily");
        var rule = StrategyCatalog.Get("macd_momentum");

        Assert.Equal(
            rule.Evaluate(bars).Signal.Select(signal => (double)signal), BareRule.Positions(bars, rule));
    }

    [Fact]
    public void Random_entries_keep_sizes_sides_and_holding_times_and_change_only_the_timing()
    {
        double[] reference = [9, 0, 1, 0.5, 0, 0, 0, -1, -1, -1, 0, 0.25, 0, 0, 0, 0, 0, 0, 0, 0, 9];
        var window = new IndexRange(1, 20);

        var random = RandomEntries.Positions(reference, window, new Seed(3));

        Assert.Equal((0, 0), (random[0], random[20]));
        Assert.Equal(reference[1..20].Order(), random[1..20].Order());
        Assert.NotEqual(reference[1..20], random[1..20]);
        var start = Array.IndexOf(random, -1.0);
        Assert.Equal([-1, -1, -1], random[start..(start + 3)]);
        Assert.Equal(0.5, random[Array.IndexOf(random, 1.0) + 1]);
    }

    [Fact]
    public void Random_entries_come_from_the_seed()
    {
        var bars = Samples.Get("sp500-daily");
        var reference = BareRule.Positions(bars, StrategyCatalog.Get("rsi_mean_reversion"));
        var window = new IndexRange(100, 3000);

        var first = RandomEntries.Positions(reference, window, new Seed(1));

        Assert.Equal(first, RandomEntries.Positions(reference, window, new Seed(1)));
        Assert.NotEqual(first, RandomEntries.Positions(reference, window, new Seed(2)));
        Assert.Equal(reference[100..3000].Sum(Math.Abs), first.Sum(Math.Abs), 1e-9);
        var turnover = Backtest.Run(bars, reference, window, new CostModel()).Turnover;
        Assert.InRange(Backtest.Run(bars, first, window, new CostModel()).Turnover, 0.7 * turnover,
            turnover + 1);
    }

    [Fact]
    public void Random_entries_know_nothing_of_the_market()
    {
        var bars = HandBars.Synthetic(2000);
        var window = new IndexRange(0, 1998);

        // A reference with perfect foresight, in two-bar stays.
        var reference = new double[2000];
        for (var t = 0; t < 1990; t += 5)
        {
            reference[t] = reference[t + 1] = Math.Sign(bars.Open[t + 3] - bars.Open[t + 1]);
        }

        var growth = Enumerable.Range(0, 20)
            .Select(seed => Backtest.Run(
                bars,
                RandomEntries.Positions(reference, window, new Seed((ulong)seed)),
                window,
                CostModel.Free))
            .Select(result => Math.Log(result.Equity[^1]))
            .ToArray();

        var foresight = Math.Log(Backtest.Run(bars, reference, window, CostModel.Free).Equity[^1]);
        Assert.All(growth, value => Assert.True(value < foresight / 3));
        Assert.InRange(growth.Average(), -0.4, 0.4);
    }

    [Fact]
    public void A_reference_that_never_trades_or_never_leaves_has_nothing_to_shuffle()
    {
        var window = new IndexRange(0, 5);

        Assert.Equal(new double[5], RandomEntries.Positions(new double[5], window, new Seed(1)));
        Assert.Equal([1, 1, 1, 1, 1], RandomEntries.Positions([1, 1, 1, 1, 1], window, new Seed(1)));
    }
}
