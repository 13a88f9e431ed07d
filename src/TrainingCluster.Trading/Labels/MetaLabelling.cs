using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Timeframes;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Trading.Labels;

/// <summary>
/// Collects a strategy's set-ups over symbols and timeframes and labels each with what came of it, so that a model
/// can learn which to take (López de Prado 2018, "Advances in Financial Machine Learning", section 3.6).
/// </summary>
public static class MetaLabelling
{
    /// <param name="markets">One series a symbol, of the shortest timeframe.</param>
    /// <param name="timeframes">Longer ones to make of them; the series' own is always looked at.</param>
    /// <param name="rule">Its entries are the set-ups, its barriers end them.</param>
    /// <param name="costs">Of entry and exit, as a share of the position.</param>
    /// <returns>By time of decision, then symbol, then timeframe. Set-ups too late to be labelled are left
    /// out.</returns>
    public static ImmutableArray<MetaLabel> Collect(
        ImmutableArray<BarSeries> markets, ImmutableArray<TimeSpan> timeframes, IStrategyRule rule, CostModel costs)
    {
        var labels = new List<MetaLabel>();
        foreach (var bars in markets)
        {
            Collect(bars, bars.Interval, rule, costs, labels);
            foreach (var timeframe in timeframes.Where(length => length > bars.Interval))
            {
                Collect(BarAggregation.Aggregate(bars, timeframe), timeframe, rule, costs, labels);
            }
        }

        return
        [
            .. labels.OrderBy(label => label.DecidedAt).ThenBy(label => label.Symbol, StringComparer.Ordinal)
                .ThenBy(label => label.Timeframe),
        ];
    }

    private static void Collect(
        BarSeries bars, TimeSpan timeframe, IStrategyRule rule, CostModel costs, List<MetaLabel> labels)
    {
        var signals = rule.Evaluate(bars);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());
        var barriers = Labelling.Label(bars, signals.Signal.AsSpan(), atr, rule.Barriers);
        var frictions = MarketFrictions.Of(bars, costs);
        for (var t = 0; t < bars.Count; t++)
        {
            var side = signals.Signal[t];
            var enters = side != 0 && (t == 0 || signals.Signal[t - 1] != side);
            if (!enters || !barriers.Valid[t])
            {
                continue;
            }

            var outcome = (BarrierOutcome)barriers.Barrier[t];
            var last = Last(bars, t, side, atr[t], rule.Barriers, outcome);
            var exit = Exit(bars, t, side, atr[t], rule.Barriers, outcome, last);
            var gross = side * (exit / bars.Open[t + 1] - 1);
            labels.Add(new MetaLabel(
                bars.Symbol,
                timeframe,
                t,
                side,
                signals.Confidence[t],
                outcome,
                gross - 2 * frictions.Cost(t, 1),
                barriers.LastBar[t],
                bars.Times[t],
                bars.Times[t + 1],
                bars.Times[barriers.LastBar[t]]));
        }
    }

    /// <summary>The bar in which the trade ends: a label may look one bar further than the trade.</summary>
    private static int Last(
        BarSeries bars, int t, sbyte side, double atr, BarrierOptions options, BarrierOutcome outcome)
    {
        var level = Level(bars, t, side, atr, options, outcome);
        for (var bar = t + 1; outcome != BarrierOutcome.Timeout && bar < t + options.HorizonBars; bar++)
        {
            var upwards = side > 0 == (outcome == BarrierOutcome.Profit);
            if (upwards ? bars.High[bar] >= level : bars.Low[bar] <= level)
            {
                return bar;
            }
        }

        return t + options.HorizonBars;
    }

    /// <summary>The barrier, the open where the bar opened beyond it, or the last close.</summary>
    private static double Exit(
        BarSeries bars, int t, sbyte side, double atr, BarrierOptions options, BarrierOutcome outcome, int last)
    {
        if (outcome == BarrierOutcome.Timeout)
        {
            return bars.Close[last];
        }

        var level = Level(bars, t, side, atr, options, outcome);
        var upwards = side > 0 == (outcome == BarrierOutcome.Profit);
        return upwards ? Math.Max(level, bars.Open[last]) : Math.Min(level, bars.Open[last]);
    }

    private static double Level(
        BarSeries bars, int t, sbyte side, double atr, BarrierOptions options, BarrierOutcome outcome) =>
        bars.Open[t + 1] + side * atr * (outcome == BarrierOutcome.Profit ? options.ProfitAtr : -options.StopAtr);
}
