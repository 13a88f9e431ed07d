using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// <c>strategy(rule=rsi_mean_reversion)</c>: a strategy's direction, confidence and signal, missing before its
/// warm-up. They are inputs because the barriers lie in the strategy's direction.
/// </summary>
/// <param name="known">A strategy that the catalog need not have.</param>
internal sealed class StrategyStep(NamedRule? known = null) : PlainStep("strategy", "rule")
{
    public override ColumnTable Transform(
        StepInput input, ImmutableSortedDictionary<string, ImmutableArray<double>> fitted)
    {
        var rule = input.Spec.Settings.GetValueOrDefault("rule")
            ?? throw new FormatException($"step '{input.Spec}': name the strategy: strategy(rule=NAME)");
        var signals = (rule == known?.Name ? known.Rule : StrategyCatalog.Get(rule)).Evaluate(input.Bars);
        double[] Column(Func<int, double> value) =>
            [.. Enumerable.Range(0, input.Bars.Count).Select(t => t < signals.WarmUp ? double.NaN : value(t))];

        return input.With(
            ["strategy_direction", "strategy_confidence", "strategy_signal"],
            [
                Column(t => signals.Direction[t]), Column(t => signals.Confidence[t]),
                Column(t => signals.Signal[t]),
            ]);
    }
}
