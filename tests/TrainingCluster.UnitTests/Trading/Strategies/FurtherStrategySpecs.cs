using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Strategies.AverageCross;
using TrainingCluster.Trading.Strategies.BollingerReversion;
using TrainingCluster.Trading.Strategies.DonchianBreakout;
using TrainingCluster.Trading.Strategies.VwapReversion;

namespace TrainingCluster.UnitTests.Trading.Strategies;

public sealed class FurtherStrategySpecs
{
    [Fact]
    public void Donchian_needs_a_close_beyond_the_bars_before_and_leaves_at_the_nearer_channel()
    {
        var rule = new DonchianBreakoutRule(new DonchianBreakoutOptions(Entry: 4, Exit: 2));
        var bars = HandBars.OfCloses(10, 11, 10, 11, 11, 12, 13, 12.5, 11.9, 11, 9.5);

        var signals = rule.Evaluate(bars);

        Assert.Equal(4, signals.WarmUp);
        Assert.Equal([0, 1, 1, 1, 0, 0, -1], signals.Signal.Skip(4).Select(signal => (int)signal));
        Assert.Equal([1, 1, 1, 1, 1, 1, -1], signals.Direction.Skip(4).Select(side => (int)side));
        Assert.Throws<ArgumentException>(
            () => new DonchianBreakoutRule(new DonchianBreakoutOptions(Entry: 4, Exit: 5)));
    }

    [Fact]
    public void Bollinger_buys_below_the_lower_band_until_the_middle()
    {
        double[] quiet = [.. Enumerable.Range(0, 20).Select(t => 100 + (t % 2 == 0 ? 0.5 : -0.5))];
        var signals = new BollingerReversionRule().Evaluate(HandBars.OfCloses([.. quiet, 97, 98, 99, 100.5]));

        Assert.Equal([1, 1, 1, 0], signals.Signal.TakeLast(4).Select(signal => (int)signal));
        Assert.True(signals.Confidence[20] > 0.5f);
        Assert.Equal(-1, signals.Direction[^1]);
    }

    [Fact]
    public void Average_cross_stays_out_within_the_band()
    {
        var rule = new AverageCrossRule(new AverageCrossOptions(Fast: 2, Slow: 5, BandAtr: 0.5, AtrPeriod: 3));

        var rising = rule.Evaluate(Bars.Daily(40).Trending(1).Build());
        var still = rule.Evaluate(Bars.Daily(40).Noisy(0.0001).Build());

        Assert.Equal((1, 1), (rising.Signal[^1], rising.Direction[^1]));
        Assert.All(still.Signal, signal => Assert.Equal(0, signal));
        Assert.Throws<ArgumentException>(() => new AverageCrossRule(new AverageCrossOptions(Fast: 5, Slow: 5)));
    }

    [Fact]
    public void Vwap_reversion_goes_against_a_far_close_until_the_price_is_crossed()
    {
        var rule = new VwapReversionRule(new VwapReversionOptions(Period: 5, AtrPeriod: 5, WidthAtr: 1.5));
        double[] quiet = [.. Enumerable.Range(0, 20).Select(t => 100 + (t % 2 == 0 ? 0.5 : -0.5))];

        var signals = rule.Evaluate(HandBars.OfCloses([.. quiet, 104, 104.5, 101]));

        Assert.Equal([-1, -1, 0], signals.Signal.TakeLast(3).Select(signal => (int)signal));
        Assert.Equal(1, signals.Direction[^1]);
    }
}
