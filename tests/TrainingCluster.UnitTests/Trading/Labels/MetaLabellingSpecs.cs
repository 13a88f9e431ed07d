using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Timeframes;
using TrainingCluster.Features.Weights;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Labels;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.UnitTests.Trading.Labels;

public sealed class MetaLabellingSpecs
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Theory]
    [InlineData("donchian_breakout")]
    [InlineData("rsi_mean_reversion")]
    public void Every_entry_over_symbols_and_timeframes_is_a_set_up(string strategy)
    {
        var rule = StrategyCatalog.Get(strategy);
        ImmutableArray<BarSeries> markets = [Samples.Get("aapl-daily"), Samples.Get("sp500-daily")];

        var labels = MetaLabelling.Collect(markets, [Week], rule, new CostModel());

        Assert.Equal(4, labels.Select(label => (label.Symbol, label.Timeframe)).Distinct().Count());
        Assert.Equal(labels.Select(label => label.DecidedAt).Order(), labels.Select(label => label.DecidedAt));
        foreach (var label in labels)
        {
            Assert.True(label.DecidedAt < label.FilledAt && label.FilledAt <= label.EndsAt);
            Assert.True(label.Outcome != BarrierOutcome.Stop || label.Worth == 0);
        }

        var daily = labels.Where(label => label.Symbol == markets[0].Symbol && label.Timeframe < Week).ToList();
        var signal = rule.Evaluate(markets[0]).Signal;
        var entries = Enumerable.Range(1, signal.Length - 1)
            .Count(t => signal[t] != 0 && signal[t] != signal[t - 1]
                && t + 1 + rule.Barriers.HorizonBars < signal.Length);
        Assert.Equal(entries, daily.Count);
        Assert.InRange(labels.Average(label => label.Worth), 0.1, 0.9);
        Assert.All(
            SampleUniqueness.Of([.. labels.Select(label => label.Span)]), own => Assert.InRange(own, 0.01, 1));
    }

    [Fact]
    public void A_profit_earns_the_barrier_less_both_costs()
    {
        var rule = StrategyCatalog.Get("donchian_breakout");
        double[] quiet = [.. Enumerable.Range(0, 30).Select(t => 100 + (t % 2 == 0 ? 0.5 : -0.5))];
        double[] rise = [.. Enumerable.Range(1, 40).Select(t => 100.0 + t)];
        var bars = HandBars.OfCloses([.. quiet, .. rise]);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());

        var label = Assert.Single(MetaLabelling.Collect([bars], [], rule, new CostModel(0.001)));

        Assert.Equal(BarrierOutcome.Profit, label.Outcome);
        Assert.Equal(30, label.Bar);
        Assert.Equal(3 * atr[30] / bars.Open[31] - 0.002, label.NetReturn, 1e-12);
    }

    [Fact]
    public void What_comes_after_a_label_does_not_change_it()
    {
        var bars = Samples.Get("sp500-daily");
        var rule = StrategyCatalog.Get("macd_momentum");
        var now = bars.Times[3000];

        var whole = MetaLabelling.Collect([bars], [Week], rule, new CostModel());
        var changed = MetaLabelling.Collect([Future.CorruptAfter(bars, 3000)], [Week], rule, new CostModel());

        // A label's place among the others does not change either, for they are sorted by decision.
        var known = whole.Where(label => label.EndsAt <= now).ToArray();
        Assert.True(known.Length > 50);
        Assert.All(known, label => Assert.Contains(label, changed));
    }

    [Fact]
    public void Aggregated_bars_are_complete_and_known_at_their_last_close()
    {
        var bars = Bars.Every(TimeSpan.FromMinutes(1), 13).Trending(1).WithVolume(2).Build();

        var five = BarAggregation.Aggregate(bars, TimeSpan.FromMinutes(5));

        Assert.Equal(2, five.Count);
        Assert.Equal([bars.Times[4], bars.Times[9]], five.Times.ToArray());
        Assert.Equal([bars.Open[0], bars.Open[5]], five.Open.ToArray());
        Assert.Equal([bars.Close[4], bars.Close[9]], five.Close.ToArray());
        Assert.Equal([bars.High[4], bars.High[9]], five.High.ToArray());
        Assert.Equal([bars.Low[0], bars.Low[5]], five.Low.ToArray());
        Assert.Equal([10.0, 10], five.Volume.ToArray());
    }
}
