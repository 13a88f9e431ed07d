using TrainingCluster.Features.Timeframes;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Labels;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.UnitTests.Trading.Causality;

/// <summary>
/// On every market and for every kind of label: a label is there as soon as the bars of its horizon are, it stays the
/// same when more bars come, and no bar after the last one it looks at changes it.
/// </summary>
public sealed class LabelCausalitySpecs
{
    public static TheoryData<string> Files => ManyMarkets.Files;

    public static TheoryData<int> Cases => ManyMarkets.Cases;

    [Theory]
    [MemberData(nameof(Files))]
    public void Labels_of_real_bars_need_only_the_bars_they_look_at(string file) => Check(ManyMarkets.Real(file));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_of_generated_bars_need_only_the_bars_they_look_at(int index) =>
        Assert.All(ManyMarkets.OfCase(index), Check);

    [Theory]
    [MemberData(nameof(Files))]
    public void Set_ups_of_real_bars_stay_as_they_were_collected(string file) => CheckSetUps(ManyMarkets.Real(file));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Set_ups_of_generated_bars_stay_as_they_were_collected(int index) =>
        Assert.All(ManyMarkets.OfCase(index), CheckSetUps);

    private static void Check(BarSeries? bars)
    {
        if (bars is null)
        {
            return;
        }

        var cut = Cut(bars);
        var (prefix, corrupted) = (bars.Slice(0, cut + 1), Future.CorruptAfter(bars, cut));
        foreach (var kind in LabelKind.All)
        {
            var whole = kind.Of(bars);
            var earlier = kind.Of(prefix);
            var other = kind.Of(corrupted);
            var seen = 0;
            for (var t = 0; t <= cut; t++)
            {
                var what = $"{bars.Symbol}, {kind.Name}, bar {t}";
                var expected = whole[t].Values is not null && t + kind.Reach <= cut;
                Assert.True(expected == earlier[t].Values is not null, $"{what}: there on {cut + 1} bars: {!expected}");
                Assert.True(whole[t].LastBar >= t && whole[t].LastBar <= t + kind.Reach, what);
                if (expected)
                {
                    seen++;
                    Same(whole[t], earlier[t], what);
                }

                if (whole[t].Values is not null && whole[t].LastBar <= cut)
                {
                    Same(whole[t], other[t], $"{what}, with other bars after {cut}");
                }
            }

            Assert.True(seen > 0, $"{bars.Symbol}: no {kind.Name} up to bar {cut}");
        }
    }

    private static void CheckSetUps(BarSeries? bars)
    {
        if (bars is null)
        {
            return;
        }

        var cut = Cut(bars);
        var prefix = bars.Slice(0, cut + 1);
        var longer = 5 * bars.Interval;
        foreach (var rule in StrategyCatalog.Names.Select(StrategyCatalog.Get))
        {
            var whole = MetaLabelling.Collect([bars], [longer], rule, new CostModel());
            var earlier = MetaLabelling.Collect([prefix], [longer], rule, new CostModel());
            var longerBars = BarAggregation.Aggregate(prefix, longer).Count;
            int Count(MetaLabel label) => label.Timeframe == longer ? longerBars : prefix.Count;

            // The usual step of a series is known only at its end: one with holes may have had another before.
            MetaLabel Unnamed(MetaLabel label) =>
                label.Timeframe == longer ? label : label with { Timeframe = TimeSpan.Zero };

            Assert.Equal(
                whole.Where(label => label.Bar + 1 + rule.Barriers.HorizonBars < Count(label)
                    && label.Bar + 2 < Count(label)).Select(Unnamed),
                earlier.Select(Unnamed));
            Assert.All(earlier, label => Assert.True(
                label.EndsAt <= prefix.Times[^1] && label.FilledAt > label.DecidedAt));
        }
    }

    private static void Same(OneLabel expected, OneLabel actual, string what) => Assert.True(
        actual.Values is not null && expected.LastBar == actual.LastBar
            && expected.Values.AsSpan().SequenceEqual(actual.Values),
        what);

    private static int Cut(BarSeries bars) =>
        bars.Count / 2 + new Seed((ulong)bars.Count).For(bars.Symbol).Stream().NextInt32(bars.Count / 2 - 1);
}
