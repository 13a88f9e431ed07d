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

    /// <summary>A decision, its fill and the next one.</summary>
    private const int FewestDecisions = 3;

    /// <summary>One symbol and a strategy of the catalog; see the other overload.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="strategy">A name of the strategy catalog.</param>
    /// <param name="window">Bars of a window.</param>
    /// <param name="fitted">The preprocessor of an earlier stage, or null to fit one on the training
    /// window.</param>
    public static PreparedData Prepare(
        BarSeries bars, string strategy, int window, PreprocessorSpec? fitted = null) =>
        Prepare(bars, new NamedRule(strategy, StrategyCatalog.Get(strategy)), window, fitted).Markets[0];

    /// <param name="panel">The bars of all symbols.</param>
    /// <param name="strategy">The rule and its name in the run.</param>
    /// <param name="window">Bars of a window.</param>
    /// <param name="fitted">The preprocessor of an earlier stage, or null to fit one on the training windows.</param>
    /// <exception cref="InsufficientDataException">Too few bars; the message says how many are
    /// needed.</exception>
    /// <exception cref="PreprocessorMismatchException">The earlier stage was fitted on other
    /// inputs.</exception>
    /// <exception cref="FeatureSchemaException">The bars have other columns than the earlier
    /// stage's.</exception>
    public static PreparedMarkets Prepare(
        BarPanel panel, NamedRule strategy, int window, PreprocessorSpec? fitted = null)
    {
        var rule = strategy.Rule;
        fitted?.Required(strategy.Name, rule.Parameters, window);

        ImmutableArray<Draft> drafts = [.. panel.Symbols.Select(bars => Draft.Of(bars, rule, window))];
        var splits = AlignedSplits.Create(
            panel, [.. drafts.Select(draft => draft.FirstUsable)], rule.Barriers.HorizonBars, window);
        var spec = fitted ?? Fit(panel, strategy, window, drafts, splits);
        return PreparedMarkets.Of(
            panel,
            [.. drafts.Select((draft, k) => draft.Finish(panel.Symbols[k], rule, splits[k], spec))],
            spec);
    }

    /// <summary>
    /// Bars for a stored model to decide on: nothing is fitted, labelled or split. The first bar that it can decide at is
    /// the first end of a window.
    /// </summary>
    /// <exception cref="InsufficientDataException">The bars are fewer than the model looks back.</exception>
    /// <exception cref="FeatureSchemaException">The bars have other columns than those it was trained on.</exception>
    /// <exception cref="PreprocessorMismatchException">This program has another rule of the name.</exception>
    public static PreparedData ForDecisions(BarSeries bars, PreprocessorSpec spec)
    {
        var rule = spec.Rule().Rule;
        spec.Required(spec.Strategy, rule.Parameters, spec.Window);
        var none = new IndexRange(0, 0);
        var data = Draft.Of(bars, rule, spec.Window)
            .Finish(bars, rule, new TimeSplit(none, none, none, 0, 0), spec);
        var first = data.Windows.FirstEnd;
        return first + FewestDecisions <= bars.Count ? data : throw new InsufficientDataException(
            bars.Count, first + FewestDecisions,
            $"the model looks {first} bars back before its first decision on '{bars.Symbol}'");
    }

    private static PreprocessorSpec Fit(
        BarPanel panel, NamedRule strategy, int window, ImmutableArray<Draft> drafts, ImmutableArray<TimeSplit> splits)
    {
        ImmutableArray<IndexRange> seen =
            [.. drafts.Select((draft, k) => new IndexRange(draft.Table.WarmUp, splits[k].Train.End))];
        return new PreprocessorSpec
        {
            Strategy = strategy.Name,
            StrategyParameters = strategy.Rule.Parameters,
            StrategyDefinition = strategy.Definition,
            Window = window,
            Barriers = strategy.Rule.Barriers,
            Scaler = panel.IsSingle ? RobustScaler.Fit(drafts[0].Table, seen[0]) : FitTogether(drafts, seen),
            SymbolScalers = panel.IsSingle
                ? null
                : panel.Symbols
                    .Select((bars, k) => (bars.Symbol, Scaler: RobustScaler.Fit(drafts[k].Table, seen[k])))
                    .ToImmutableSortedDictionary(
                        pair => pair.Symbol, pair => pair.Scaler, StringComparer.Ordinal),
        };
    }

    /// <summary>Over the training windows of all symbols, for symbols that training has not seen.</summary>
    private static RobustScaler FitTogether(ImmutableArray<Draft> drafts, ImmutableArray<IndexRange> seen)
    {
        var names = drafts[0].Table.Names;
        var table = new FeatureTable(
            names,
            [.. names.Select((_, i) => drafts
                .SelectMany((draft, k) => draft.Table.Column(i)[seen[k].Start..seen[k].End].ToArray())
                .ToArray())]);
        return RobustScaler.Fit(table, new IndexRange(0, table.Rows));
    }

    /// <summary>One symbol before anything is fitted.</summary>
    private sealed record Draft(
        StrategySignals Signals, FeatureTable Table, double[] AverageTrueRange, LabelSet Labels, int FirstUsable)
    {
        public static Draft Of(BarSeries bars, IStrategyRule rule, int window)
        {
            var signals = rule.Evaluate(bars);
            var table = WithStrategy(FeatureSet.Compute(bars), signals);
            var atr = AtrIndicator.Compute(bars, new AtrOptions());
            var labels = Labelling.Label(bars, signals.Direction.AsSpan(), atr, rule.Barriers);
            return new Draft(signals, table, atr, labels, FirstUsableBar(table, labels, window));
        }

        public PreparedData Finish(BarSeries bars, IStrategyRule rule, TimeSplit split, PreprocessorSpec spec)
        {
            var matrix = spec.ScalerOf(bars.Symbol).Transform(Table);
            return new PreparedData
            {
                Bars = bars,
                Rule = rule,
                Signals = Signals,
                AverageTrueRange = AverageTrueRange,
                Matrix = matrix,
                Windows = new WindowView(matrix, spec.Window),
                Labels = Labels,
                Split = split,
                Preprocessor = spec,
            };
        }
    }

    /// <summary>
    /// The first bar with a full window and a label; the number of bars where there is none.
    /// </summary>
    private static int FirstUsableBar(FeatureTable table, LabelSet labels, int window)
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
