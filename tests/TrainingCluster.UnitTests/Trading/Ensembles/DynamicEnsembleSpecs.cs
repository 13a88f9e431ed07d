using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.UnitTests.Trading.Ensembles;

public sealed class DynamicEnsembleSpecs
{
    private static readonly Within Close = new(1e-14);

    [Fact]
    public void The_weighted_signal_of_a_hand_table()
    {
        var ensemble = new DynamicEnsemble(StrategyCatalog.Standard);
        ensemble.UpdateWeights(
            MarketRegime.Trending,
                [TrackedPerformance.None, TrackedPerformance.None, TrackedPerformance.None]);

        var signal = ensemble.WeightedSignal([1, -1, 0], [0.8, 0.6, 0.5]);

        Assert.Equal(0.5 * 0.8 - 0.2 * 0.6, signal.Score, 1e-15);
        Assert.Equal(1, signal.Signal);
        Assert.Equal(0.28, signal.Confidence, 1e-15);
        Assert.Equal(new BlendedSignal(0, 0, 0), ensemble.WeightedSignal([0, 0, 0], [1, 1, 1]));
        Assert.Equal(-1, ensemble.WeightedSignal([-1, -1, -1], [1, 1, 1]).Signal);
    }

    [Fact]
    public void Weights_are_the_regime_shares_times_the_factors_scaled_to_one()
    {
        var ensemble = new DynamicEnsemble(StrategyCatalog.Standard);
        var good = new TrackedPerformance(20, 1, null, true, 1, 0, 0);

        var weights = ensemble.UpdateWeights(
            MarketRegime.Trending, [TrackedPerformance.None, good, TrackedPerformance.None]);

        // Factor 2 on the second: .5, .4, .3 over 1.2.
        Assert.Equal([0.5 / 1.2, 0.4 / 1.2, 0.3 / 1.2], weights, Close);
        Assert.Equal(weights, ensemble.Weights);
    }

    [Fact]
    public void Plainer_weightings_ignore_what_they_say_they_ignore()
    {
        var bad = new TrackedPerformance(20, 0, 0, false, -1, 0.5, 9);
        TrackedPerformance[] performance = [bad, TrackedPerformance.None, TrackedPerformance.None];

        var regime = new DynamicEnsemble(StrategyCatalog.Standard, EnsembleWeighting.Regime)
            .UpdateWeights(MarketRegime.Choppy, performance);
        var equal = new DynamicEnsemble(StrategyCatalog.Standard, EnsembleWeighting.Equal)
            .UpdateWeights(MarketRegime.Choppy, performance);

        Assert.Equal([0.1, 0.6, 0.3], regime, Close);
        Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], equal, Close);
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_blend_of_the_rules_keeps_its_promises(string sample)
    {
        var bars = Samples.Get(sample);
        var (regimes, members) = RegimesAndMembers(bars);
        var window = new IndexRange(700, bars.Count);

        var track = DynamicEnsemble.Blend(
            bars, StrategyCatalog.Standard, regimes, members, window, new CostModel());

        Assert.Equal(bars.Count, track.Positions.Length);
        Assert.Equal(window.Count, track.Weights.Length);
        Assert.All(track.Positions.Take(700), position => Assert.Equal(0, position));
        Assert.All(track.Weights, weights =>
        {
            Assert.Equal(1, weights.Sum(), 1e-12);
            Assert.All(weights, weight => Assert.True(weight > 0));
        });
        for (var t = window.Start; t < window.End; t++)
        {
            var expected = Enumerable.Range(0, 3).Sum(i => track.Weights[t - 700][i] * members[i][t]);
            Assert.Equal(expected, track.Positions[t], 1e-14);
        }

        Assert.Equal(regimes.Skip(700), track.Regimes.ToArray());
        Assert.NotEmpty(Backtest.Run(bars, track.Positions.AsSpan(), window, new CostModel()).Trades);
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Every_change_of_regime_and_of_weights_is_logged(string sample)
    {
        var bars = Samples.Get(sample);
        var (regimes, members) = RegimesAndMembers(bars);
        var window = new IndexRange(700, bars.Count);

        var track = DynamicEnsemble.Blend(
            bars, StrategyCatalog.Standard, regimes, members, window, new CostModel());

        var regimeBars = track.Changes.OfType<RegimeChanged>().ToDictionary(change => change.Bar);
        var weightBars = track.Changes.OfType<WeightsChanged>().ToDictionary(change => change.Bar);
        for (var t = window.Start; t < window.End; t++)
        {
            var first = t == window.Start;
            Assert.Equal(first || regimes[t] != regimes[t - 1], regimeBars.ContainsKey(t));
            var before = first ? [] : track.Weights[t - 701];
            Assert.Equal(!before.SequenceEqual(track.Weights[t - 700]), weightBars.ContainsKey(t));
            if (weightBars.TryGetValue(t, out var change))
            {
                Assert.Equal(before.ToArray(), change.Before.ToArray());
                Assert.Equal(track.Weights[t - 700].ToArray(), change.After.ToArray());
                Assert.NotEmpty(change.Reason);
            }
        }

        Assert.Contains(weightBars.Values, change => change.Reason.Contains("closed a trade"));
        Assert.Equal(track.Changes.OrderBy(change => change.Bar), track.Changes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_corrupted_future_changes_no_weight_and_no_position_before_it(string sample)
    {
        var bars = Samples.Get(sample);
        var (regimes, members) = RegimesAndMembers(bars);
        var window = new IndexRange(700, bars.Count);
        const int LastTrue = 1000;
        var corrupted = HandBars.CorruptedAfter(bars, LastTrue, seed: 4);
        var (corruptedRegimes, corruptedMembers) = RegimesAndMembers(corrupted);

        var whole = DynamicEnsemble.Blend(
            bars, StrategyCatalog.Standard, regimes, members, window, new CostModel());
        var changed = DynamicEnsemble.Blend(
            corrupted, StrategyCatalog.Standard, corruptedRegimes, corruptedMembers, window, new CostModel());

        Assert.Equal(whole.Positions.Take(LastTrue + 1), changed.Positions.Take(LastTrue + 1));
        for (var t = window.Start; t <= LastTrue; t++)
        {
            Assert.Equal(whole.Weights[t - 700].ToArray(), changed.Weights[t - 700].ToArray());
        }

        Assert.NotEqual(whole.Positions.ToArray(), changed.Positions.ToArray());
    }

    [Fact]
    public void A_trade_counts_from_the_bar_in_which_its_exit_fills_and_an_open_one_never()
    {
        // The first member closes a 50 % loss: decided at bar 3, filled at bar 4. The second never trades.
        var bars = HandBars.OfCloses(100, 100, 100, 50, 50, 50, 50, 50, 50, 50);
        ImmutableArray<MarketRegime> regimes = [.. Enumerable.Repeat(MarketRegime.Trending, 10)];
        double[] closing = [0, 1, 1, 0, 0, 0, 0, 0, 0, 0];
        double[] staying = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1];

        var closed = Blend(closing);
        var open = Blend(staying);

        Assert.Equal(closed.Weights[0].ToArray(), closed.Weights[3].ToArray());
        Assert.True(closed.Weights[4][0] < closed.Weights[3][0]);
        Assert.Equal([0, 4], closed.Changes.OfType<WeightsChanged>().Select(change => change.Bar));
        Assert.Equal([0], open.Changes.OfType<WeightsChanged>().Select(change => change.Bar));

        EnsembleTrack Blend(double[] first) => DynamicEnsemble.Blend(
            bars, ["a", "b"], regimes, [first, new double[10]], new IndexRange(0, 10), CostModel.Free);
    }

    [Fact]
    public void Anything_that_does_not_fit_the_strategies_is_refused_by_name()
    {
        var ensemble = new DynamicEnsemble(["a", "b"]);
        var bars = HandBars.OfCloses(1, 2, 3);

        var performance = Assert.Throws<ArgumentException>(
            () => ensemble.UpdateWeights(MarketRegime.Choppy, [TrackedPerformance.None]));
        var signal = Assert.Throws<ArgumentException>(() => ensemble.WeightedSignal([1, 2], [1, 1]));
        var confidence = Assert.Throws<ArgumentException>(() => ensemble.WeightedSignal([1, 1], [1, -0.1]));
        var regimes = Assert.Throws<ArgumentException>(() => DynamicEnsemble.Blend(
            bars, ["a"], [MarketRegime.Choppy], [new double[3]], new IndexRange(0, 3), CostModel.Free));

        Assert.Contains("one for each of: a, b", performance.Message);
        Assert.Contains("signal of b is 2", signal.Message);
        Assert.Contains("confidence of b is -0.1", confidence.Message);
        Assert.Contains("1 regimes for 3 bars", regimes.Message);
    }

    private static (ImmutableArray<MarketRegime> Regimes, double[][] Members) RegimesAndMembers(
        BarSeries bars) =>
        (RegimeDetector.Fit(bars, new IndexRange(0, 690)).Detect(bars),
            [.. StrategyCatalog.Standard.Select(name => BareRule.Positions(bars, StrategyCatalog.Get(name)))]);
}
