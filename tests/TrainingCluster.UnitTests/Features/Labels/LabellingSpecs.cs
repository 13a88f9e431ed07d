using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Labels;

public sealed class LabellingSpecs
{
    private static readonly BarrierOptions TwoBars = new(HorizonBars: 2, ProfitAtr: 1, StopAtr: 1);

    // Decided at bar 0, entered at the open of bar 1, 100; the range is 10: barriers at 110 and 90.
    [Theory]
    [InlineData("the high meets the profit", 105, 111, 95, 105, 1, BarrierOutcome.Profit)]
    [InlineData("the low meets the stop", 105, 106, 89, 105, 1, BarrierOutcome.Stop)]
    [InlineData("both are met in one bar: the stop comes first", 105, 111, 89, 105, 1, BarrierOutcome.Stop)]
    [InlineData("nothing is met: the time runs out", 105, 109, 91, 105, 1, BarrierOutcome.Timeout)]
    [InlineData("the barrier is met exactly", 105, 110, 91, 105, 1, BarrierOutcome.Profit)]
    [InlineData("the open gaps into the profit, the low falls", 112, 113, 80, 105, 1, BarrierOutcome.Profit)]
    [InlineData("the open gaps into the stop, the high rises", 88, 120, 87, 105, 1, BarrierOutcome.Stop)]
    [InlineData("a short earns when the low falls", 105, 109, 89, 105, -1, BarrierOutcome.Profit)]
    [InlineData("a short loses when the high rises", 105, 111, 91, 105, -1, BarrierOutcome.Stop)]
    [InlineData("a short that meets both loses", 105, 111, 89, 105, -1, BarrierOutcome.Stop)]
    [InlineData("a short gaps into its profit", 85, 120, 84, 105, -1, BarrierOutcome.Profit)]
    public void The_first_barrier_decides(
        string story,
        double open,
        double high,
        double low,
        double close,
        sbyte direction,
        BarrierOutcome expected)
    {
        var quiet = (100.0, 101.0, 99.0, 100.0);
        var bars = Bars.Exactly(quiet, quiet, (open, high, low, close), quiet, quiet);

        var labels = Label(bars, direction, atr: 10, TwoBars);

        Assert.True(labels.Valid[0], story);
        Assert.Equal((sbyte)expected, labels.Barrier[0]);
        Assert.Equal(2, labels.LastBar[0]);
        Assert.Equal(open > 100 ? 1 : 0, labels.NextUp[0]);
    }

    [Fact]
    public void The_entry_bar_counts_and_an_early_touch_ends_the_label()
    {
        var quiet = (100.0, 101.0, 99.0, 100.0);
        var bars = Bars.Exactly(quiet, (100, 115, 99, 112), quiet, quiet, quiet, quiet, quiet, quiet);

        var labels = Label(bars, 1, atr: 10, TwoBars with { HorizonBars = 5 });

        Assert.Equal((sbyte)BarrierOutcome.Profit, labels.Barrier[0]);
        Assert.Equal(2, labels.LastBar[0]);
        Assert.Equal(6, labels.LastBar[1]);
    }

    [Theory]
    [InlineData(1, 10, 7)]
    [InlineData(3, 10, 6)]
    [InlineData(8, 10, 1)]
    [InlineData(9, 10, 0)]
    [InlineData(int.MaxValue, 10, 0)]
    public void Bars_whose_label_would_leave_the_series_have_none(int horizon, int count, int valid)
    {
        var labels = Label(Bars.Daily(count).Build(), 1, atr: 1, TwoBars with { HorizonBars = horizon });

        Assert.Equal(Math.Max(0, Math.Min(count - 1 - horizon, count - 2)), labels.Valid.Count(v => v));
        Assert.Equal(valid, Math.Min(valid, labels.Valid.Count(v => v)));
        Assert.All(Enumerable.Range(0, count), t => Assert.True(labels.Valid[t] || labels.LastBar[t] == t));
    }

    [Fact]
    public void Bars_without_direction_or_range_have_no_label()
    {
        var bars = Bars.Daily(8).Build();

        var labels = Labelling.Label(
            bars, [0, 1, 1, 1, -1, 1, 1, 1], [1, double.NaN, 0, 1, 1, 1, 1, 1], TwoBars);

        Assert.Equal([false, false, false, true, true, false, false, false], labels.Valid.ToArray());
    }

    /// <summary>
    /// Published labels and touches of triple barriers of ±1 % over closes with a horizon of 5 (López de
    /// Prado 2018, chapter 3). There the entry is the close of t and bars t+1 … t+5 are looked at. Here
    /// prices become bars that open and close at the same price, one bar is put in front, and the horizon is
    /// 6: entering at the open of bar t+1 is then entering at price t, and the entry bar itself meets
    /// nothing.
    /// </summary>
    [Fact]
    public void Published_triple_barriers_are_met()
    {
        double[] prices = [100, 100.5, 101.2, 100.1, 99.0, 98.0, 99.5, 100.2, 101.5, 103.0];
        (int Label, int Touch)[] published =
            [(1, 2), (-1, 4), (-1, 3), (-1, 4), (-1, 5), (1, 6), (1, 8), (1, 8), (1, 9)];
        double[] padded = [100, .. prices, .. Enumerable.Repeat(103.0, 8)];
        var bars = Bars.Exactly([.. padded.Select(price => (price, price, price, price))]);
        var onePercent = padded.Skip(1).Append(103).Select(next => 0.01 * next).ToArray();

        var labels = Labelling.Label(
            bars, [.. padded.Select(_ => (sbyte)1)], onePercent, new BarrierOptions(6, 1, 1));

        for (var i = 0; i < published.Length; i++)
        {
            Assert.Equal(published[i].Label, labels.Barrier[i]);
            Assert.Equal(published[i].Touch + 1, labels.LastBar[i]);
        }
    }

    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void A_label_depends_on_no_bar_after_its_last_one(string sample)
    {
        var bars = Samples.Get(sample);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());
        var random = new Seed(2).For("directions").Stream();
        var direction = new sbyte[bars.Count];
        for (var t = 0; t < direction.Length; t++)
        {
            direction[t] = (sbyte)(random.NextInt32(3) - 1);
        }

        var options = new BarrierOptions(10, 2, 1.5);
        var whole = Labelling.Label(bars, direction, atr, options);

        for (var draw = 0; draw < 40; draw++)
        {
            var cut = 100 + random.NextInt32(bars.Count - 200);
            var future = Future.CorruptAfter(bars, cut, (ulong)draw);
            var changed = Labelling.Label(future, direction, atr, options);

            for (var t = 0; t <= cut; t++)
            {
                if (whole.LastBar[t] <= cut)
                {
                    Assert.Equal(
                        (whole.Barrier[t], whole.NextUp[t], whole.LastBar[t], whole.Valid[t]),
                        (changed.Barrier[t], changed.NextUp[t], changed.LastBar[t], changed.Valid[t]));
                }
            }
        }

        Assert.True(whole.Barrier.Distinct().Count() == 3);
    }

    [Fact]
    public void Other_directions_or_barriers_give_another_digest()
    {
        var bars = Samples.Aapl;
        var atr = AtrIndicator.Compute(bars, new AtrOptions());
        var up = Enumerable.Repeat((sbyte)1, bars.Count).ToArray();
        var down = Enumerable.Repeat((sbyte)-1, bars.Count).ToArray();

        var digest = Labelling.Label(bars, up, atr, TwoBars).Digest;

        Assert.Equal(digest, Labelling.Label(bars, up, atr, TwoBars).Digest);
        Assert.NotEqual(digest, Labelling.Label(bars, down, atr, TwoBars).Digest);
        Assert.NotEqual(digest, Labelling.Label(bars, up, atr, TwoBars with { ProfitAtr = 2 }).Digest);
    }

    [Fact]
    public void Barriers_out_of_range_are_listed_together()
    {
        var error = Assert.Throws<ArgumentException>(() => new BarrierOptions(0, -1, double.NaN).Validate());

        Assert.Equal(
            """
            The barriers cannot be used:
              HorizonBars is 0; it must be at least 1
              ProfitAtr is -1; it must be above 0 and finite
              StopAtr is NaN; it must be above 0 and finite
            """,
            error.Message);
    }

    private static LabelSet Label(BarSeries bars, sbyte direction, double atr, BarrierOptions options) =>
        Labelling.Label(
            bars,
            [.. Enumerable.Repeat(direction, bars.Count)],
            [.. Enumerable.Repeat(atr, bars.Count)],
            options);
}
