using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// Bars to inputs and targets of one strategy: features and the strategy's own columns, a scaler fitted on
/// the training window, labels in the strategy's direction, a split in time order, windows.
/// </summary>
internal static class DataPreparation
{
    /// <summary>
    /// The strategy's direction, confidence and signal are inputs too: the barriers lie in its direction.
    /// </summary>
    private static readonly ImmutableArray<string> StrategyColumns =
        ["strategy_direction", "strategy_confidence", "strategy_signal"];

    /// <param name="bars">The bars.</param>
    /// <param name="strategy">A name of the strategy catalog.</param>
    /// <param name="window">Bars of a window.</param>
    /// <param name="fitted">The preprocessor of an earlier stage, or null to fit one on the training
    /// window.</param>
    /// <exception cref="InsufficientDataException">Too few bars; the message says how many are
    /// needed.</exception>
    /// <exception cref="PreprocessorMismatchException">The earlier stage was fitted on other
    /// inputs.</exception>
    /// <exception cref="FeatureSchemaException">The bars have other columns than the earlier
    /// stage's.</exception>
    public static PreparedData Prepare(
        BarSeries bars, string strategy, int window, PreprocessorSpec? fitted = null)
    {
        var rule = StrategyCatalog.Get(strategy);
        fitted?.Required(strategy, rule.Parameters, window);

        var signals = rule.Evaluate(bars);
        var table = WithStrategy(FeatureSet.Compute(bars), signals);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());
        var labels = Labelling.Label(bars, signals.Direction.AsSpan(), atr, rule.Barriers);
        var firstUsable = FirstUsable(table, labels, window);
        var split = TimeSplit.Create(firstUsable, bars.Count, rule.Barriers.HorizonBars, window);

        var scaler = fitted?.Scaler ?? RobustScaler.Fit(table, new IndexRange(table.WarmUp, split.Train.End));
        var matrix = scaler.Transform(table);
        return new PreparedData
        {
            Bars = bars,
            Rule = rule,
            Signals = signals,
            AverageTrueRange = atr,
            Matrix = matrix,
            Windows = new WindowView(matrix, window),
            Labels = labels,
            Split = split,
            Preprocessor = fitted ?? new PreprocessorSpec
            {
                Strategy = strategy,
                StrategyParameters = rule.Parameters,
                Window = window,
                Barriers = rule.Barriers,
                Scaler = scaler,
            },
        };
    }

    /// <summary>
    /// The first bar with a full window and a label; the number of bars where there is none.
    /// </summary>
    private static int FirstUsable(FeatureTable table, LabelSet labels, int window)
    {
        var bar = table.WarmUp + window - 1;
        while (bar < labels.Count && !labels.Valid[bar])
        {
            bar++;
        }

        return Math.Max(bar, table.WarmUp + window - 1);
    }

    private static FeatureTable WithStrategy(FeatureTable table, StrategySignals signals)
    {
        double[] Column(Func<int, double> value) =>
            [.. Enumerable.Range(0, table.Rows).Select(t => t < signals.WarmUp ? double.NaN : value(t))];

        return new FeatureTable(
            [.. table.Names, .. StrategyColumns],
            [
                .. Enumerable.Range(0, table.Names.Length).Select(i => table.Column(i).ToArray()),
                Column(t => signals.Direction[t]),
                Column(t => signals.Confidence[t]),
                Column(t => signals.Signal[t]),
            ]);
    }
}
