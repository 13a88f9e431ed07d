using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.UnitTests.Trading.Strategies;

public sealed class StrategyRuleSpecs
{
    public static TheoryData<string, string> RulesAndSamples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var rule in StrategyCatalog.Names)
            {
                data.Add(rule, "sp500-daily");
                data.Add(rule, "aapl-daily");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RulesAndSamples))]
    public void Every_bar_after_the_warm_up_has_a_direction_and_none_before(string rule, string sample)
    {
        var bars = Samples.Get(sample);

        var signals = StrategyCatalog.Get(rule).Evaluate(bars);

        Assert.Equal(bars.Count, signals.Direction.Length);
        Assert.Equal(bars.Count, signals.Signal.Length);
        Assert.Equal(bars.Count, signals.Confidence.Length);
        Assert.InRange(signals.WarmUp, 1, 60);
        Assert.All(signals.Direction.Take(signals.WarmUp), direction => Assert.Equal(0, direction));
        Assert.All(signals.Signal.Take(signals.WarmUp), signal => Assert.Equal(0, signal));
        Assert.All(signals.Direction.Skip(signals.WarmUp), direction => Assert.True(direction is 1 or -1));
        Assert.All(signals.Signal, signal => Assert.True(signal is -1 or 0 or 1));
        Assert.All(signals.Confidence, confidence => Assert.InRange(confidence, 0f, 1f));
    }

    [Theory]
    [MemberData(nameof(RulesAndSamples))]
    public void The_bare_signal_is_both_in_and_out_of_the_market_and_never_against_the_direction(
        string rule, string sample)
    {
        var signals = StrategyCatalog.Get(rule).Evaluate(Samples.Get(sample));

        Assert.Contains((sbyte)1, signals.Signal);
        Assert.Contains((sbyte)-1, signals.Signal);
        Assert.Contains((sbyte)0, signals.Signal.Skip(signals.WarmUp));
        Assert.All(
            signals.Signal.Zip(signals.Direction),
            bar => Assert.True(
                bar.First == 0 || bar.First == bar.Second, $"{bar.First} against {bar.Second}"));
    }

    [Theory]
    [MemberData(nameof(RulesAndSamples))]
    public void What_a_rule_says_at_a_bar_needs_only_the_bars_up_to_it(string rule, string sample)
    {
        var bars = Samples.Get(sample);
        var whole = StrategyCatalog.Get(rule).Evaluate(bars);

        foreach (var count in new[] { 1, 17, 40, 61, 250, 777, bars.Count - 1 })
        {
            AssertPrefix(whole, StrategyCatalog.Get(rule).Evaluate(bars.Slice(0, count)), count);
        }
    }

    [Theory]
    [MemberData(nameof(RulesAndSamples))]
    public void A_corrupted_future_changes_nothing_before_it(string rule, string sample)
    {
        var bars = Samples.Get(sample);
        var whole = StrategyCatalog.Get(rule).Evaluate(bars);

        foreach (var lastTrue in new[] { 30, 200, 1000 })
        {
            var corrupted = HandBars.CorruptedAfter(bars, lastTrue, seed: 5);
            var signals = StrategyCatalog.Get(rule).Evaluate(corrupted);

            Assert.Equal(whole.Signal.Take(lastTrue + 1), signals.Signal.Take(lastTrue + 1));
            Assert.Equal(whole.Confidence.Take(lastTrue + 1), signals.Confidence.Take(lastTrue + 1));
            Assert.Equal(whole.Direction.Take(lastTrue + 1), signals.Direction.Take(lastTrue + 1));
            Assert.NotEqual(whole.Direction.ToArray(), signals.Direction.ToArray());
        }
    }

    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void No_two_strategies_share_directions_or_labels(string sample)
    {
        var bars = Samples.Get(sample);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());

        var evaluated = StrategyCatalog.Names.Select(StrategyCatalog.Get).Select(rule =>
        {
            var direction = rule.Evaluate(bars).Direction;
            return (
                Direction: direction, Labels: Labelling.Label(bars, direction.AsSpan(), atr, rule.Barriers));
        }).ToArray();

        Assert.Equal(
            StrategyCatalog.Names.Length, evaluated.Select(e => e.Labels.Digest).Distinct().Count());
        for (var one = 0; one < evaluated.Length; one++)
        {
            for (var other = one + 1; other < evaluated.Length; other++)
            {
                Assert.InRange(
                    ShareDiffering(evaluated[one].Direction, evaluated[other].Direction), 0.03, 1);
                Assert.InRange(
                    ShareDiffering(evaluated[one].Labels.Barrier, evaluated[other].Labels.Barrier), 0.1, 1);
            }
        }

        foreach (var (one, other) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            Assert.InRange(ShareDiffering(evaluated[one].Direction, evaluated[other].Direction), 0.1, 1);
            Assert.InRange(
                ShareDiffering(evaluated[one].Labels.Barrier, evaluated[other].Labels.Barrier), 0.1, 1);
        }
    }

    [Theory]
    [MemberData(nameof(RulesAndSamples))]
    public void The_barriers_give_every_outcome_a_fair_share_of_the_labels(string rule, string sample)
    {
        var bars = Samples.Get(sample);
        var strategy = StrategyCatalog.Get(rule);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());

        var labels =
            Labelling.Label(bars, strategy.Evaluate(bars).Direction.AsSpan(), atr, strategy.Barriers);

        var valid = labels.Barrier.Where((_, t) => labels.Valid[t]).ToArray();
        Assert.True(valid.Length > 0.95 * bars.Count);
        Assert.InRange(valid.Count(outcome => outcome == 1) / (double)valid.Length, 0.2, 0.65);
        Assert.InRange(valid.Count(outcome => outcome == -1) / (double)valid.Length, 0.2, 0.7);
    }

    [Fact]
    public void Names_and_parameters_are_canonical()
    {
        Assert.Equal(
            ["atr_breakout", "rsi_mean_reversion", "macd_momentum"], StrategyCatalog.Standard.ToArray());
        Assert.Equal(
            ["donchian_breakout", "bollinger_reversion", "average_cross", "vwap_reversion"],
            StrategyCatalog.Names.Skip(3));
        Assert.Equal(
            [
                "atr_breakout(channel=20, atr=14, width=1.5, horizon=10, profit=2, stop=1)",
                "rsi_mean_reversion(period=14, oversold=30, overbought=70, horizon=5, profit=1, stop=1.5)",
                "macd_momentum(fast=12, slow=26, signal=9, atr=14, half=0.2, "
                    + "horizon=15, profit=1.5, stop=1.5)",
                "donchian_breakout(entry=20, exit=10, horizon=20, profit=3, stop=2)",
                "bollinger_reversion(period=20, width=2, horizon=8, profit=1.25, stop=1.25)",
                "average_cross(fast=10, slow=40, band=0.5, atr=14, half=1, "
                    + "horizon=20, profit=2.5, stop=2.5)",
                "vwap_reversion(period=10, atr=14, width=1.5, horizon=4, profit=0.75, stop=1)",
            ],
            StrategyCatalog.Names.Select(name => StrategyCatalog.Get(name).Parameters));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_names_that_exist()
    {
        var error = Assert.Throws<UnknownStrategyException>(() => StrategyCatalog.Get("astrology"));

        Assert.Equal(
            "There is no strategy 'astrology'; choose from: atr_breakout, rsi_mean_reversion, macd_momentum, "
                + "donchian_breakout, bollinger_reversion, average_cross, vwap_reversion",
            error.Message);
        Assert.Equal(StrategyCatalog.Names.ToArray(), error.Known.ToArray());
    }

    [Fact]
    public void A_series_shorter_than_the_warm_up_has_no_direction()
    {
        var bars = Samples.Get("aapl-daily").Slice(0, 10);

        foreach (var name in StrategyCatalog.Names)
        {
            var signals = StrategyCatalog.Get(name).Evaluate(bars);

            Assert.Equal(10, signals.WarmUp);
            Assert.All(signals.Direction, direction => Assert.Equal(0, direction));
        }
    }

    private static double ShareDiffering(IReadOnlyList<sbyte> one, IReadOnlyList<sbyte> other) =>
        one.Zip(other).Count(pair => pair.First != pair.Second) / (double)one.Count;

    private static void AssertPrefix(StrategySignals whole, StrategySignals prefix, int count)
    {
        Assert.Equal(whole.Signal.Take(count), prefix.Signal.ToArray());
        Assert.Equal(whole.Confidence.Take(count), prefix.Confidence.ToArray());
        Assert.Equal(whole.Direction.Take(count), prefix.Direction.ToArray());
        Assert.Equal(Math.Min(whole.WarmUp, count), prefix.WarmUp);
    }
}
