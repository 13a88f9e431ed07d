using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.AtrBreakout;
using TrainingCluster.Trading.Strategies.MacdMomentum;
using TrainingCluster.Trading.Strategies.RsiMeanReversion;

namespace TrainingCluster.UnitTests.Trading.Strategies;

public sealed class StrategyBehaviourSpecs
{
    [Fact]
    public void Breakout_enters_beyond_the_channel_and_leaves_at_the_middle_but_keeps_its_lean()
    {
        // A quiet market, a jump, and a slide back through the middle without a breakout below.
        double[] quiet = [.. Enumerable.Range(0, 40).Select(t => 100 + (t % 2 == 0 ? 0.5 : -0.5))];
        var bars = HandBars.OfCloses([.. quiet, 106, 105, 104, 103, 102, 101.5, 101, 100.5]);

        var signals = new AtrBreakoutRule().Evaluate(bars);

        Assert.Equal(1, signals.Signal[40]);
        Assert.Equal(0, signals.Signal[^1]);
        Assert.Equal(1, signals.Direction[^1]);
        Assert.True(signals.Confidence[40] > 0.5f);
        Assert.True(signals.Confidence[^1] < 0.25f);
    }

    [Fact]
    public void Reversion_buys_a_fall_and_sells_a_rise_until_the_index_is_back_in_the_middle()
    {
        var falling = HandBars.OfCloses([.. Enumerable.Range(0, 30).Select(t => 100.0 - t)]);
        var rising = HandBars.OfCloses([.. Enumerable.Range(0, 30).Select(t => 100.0 + t)]);
        var recovering = HandBars.OfCloses(
            [.. Enumerable.Range(0, 30).Select(t => 100.0 - t),
                .. Enumerable.Range(0, 30).Select(t => 71.0 + 2 * t)]);
        var rule = new RsiMeanReversionRule();

        var bought = rule.Evaluate(falling);
        var sold = rule.Evaluate(rising);
        var recovered = rule.Evaluate(recovering);

        Assert.Equal((1, 1), (bought.Signal[^1], bought.Direction[^1]));
        Assert.Equal((-1, -1), (sold.Signal[^1], sold.Direction[^1]));
        Assert.Equal(1f, bought.Confidence[^1]);
        var left = recovered.Signal.ToList().FindIndex(30, signal => signal == 0);
        Assert.InRange(left, 31, 50);
        Assert.Equal(1, recovered.Signal[left - 1]);
        Assert.Equal(-1, recovered.Direction[left]);
    }

    [Fact]
    public void Reversion_in_a_market_that_stands_still_stays_out_and_leans_long()
    {
        var signals =
            new RsiMeanReversionRule().Evaluate(HandBars.OfCloses([.. Enumerable.Repeat(100.0, 30)]));

        Assert.All(signals.Signal, signal => Assert.Equal(0, signal));
        Assert.Equal(1, signals.Direction[^1]);
        Assert.Equal(0f, signals.Confidence[^1]);
    }

    [Fact]
    public void Momentum_is_in_the_market_only_while_line_and_histogram_agree()
    {
        // Growth that speeds up, then slows: the histogram turns before the line does.
        var closes = Enumerable.Range(0, 120).Select(t => 100 + 20 * Math.Sin(t / 19.0)).ToArray();
        var bars = HandBars.OfCloses(closes);

        var signals = new MacdMomentumRule().Evaluate(bars);

        var slowing = Enumerable.Range(signals.WarmUp, 120 - signals.WarmUp)
            .Where(t => signals.Signal[t] == 0)
            .ToArray();
        Assert.NotEmpty(slowing);
        Assert.Contains((sbyte)1, signals.Signal);
        Assert.Contains((sbyte)-1, signals.Signal);
        Assert.All(slowing, t => Assert.NotEqual(0, signals.Direction[t]));
    }

    [Fact]
    public void Confidence_grows_with_the_move()
    {
        var small = Momentum(step: 0.05);
        var large = Momentum(step: 1);

        Assert.True(large > small, $"{large} after the large move, {small} after the small one");

        static float Momentum(double step)
        {
            double[] noise = [.. Enumerable.Range(0, 60).Select(t => 100 + (t % 2 == 0 ? 0.5 : -0.5))];
            double[] move = [.. Enumerable.Range(1, 5).Select(t => 100 + step * t)];
            return new MacdMomentumRule().Evaluate(HandBars.OfCloses([.. noise, .. move])).Confidence[^1];
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new AtrBreakoutRule(new AtrBreakoutOptions(WidthAtr: 0)));
        Assert.Throws<ArgumentException>(
            () => new RsiMeanReversionRule(new RsiMeanReversionOptions(Oversold: 60)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new MacdMomentumRule(new MacdMomentumOptions(HalfConfidenceAtr: double.NaN)));
    }
}
