using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// Bars to inputs and targets of one strategy: a pipeline fitted on the training window, which gives features and
/// the strategy's own columns, labels in the strategy's direction, a split in time order, windows.
/// </summary>
internal static class DataPreparation
{
    /// <summary>A decision, its fill and the next one.</summary>
    private const int FewestDecisions = 3;

    /// <summary>One symbol and a strategy of the catalog; see the other overload.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="strategy">A name of the strategy catalog.</param>
    /// <param name="window">Bars of a window.</param>
    /// <param name="fitted">The preprocessor of an earlier stage, or null to fit one on the training
    /// window.</param>
    /// <param name="template">What to fit where nothing is given; null for the standard template.</param>
    public static PreparedData Prepare(
        BarSeries bars, string strategy, int window, PreprocessorSpec? fitted = null,
        PipelineTemplate? template = null) =>
        Prepare(bars, new NamedRule(strategy, StrategyCatalog.Get(strategy)), window, fitted, template).Markets[0];

    /// <param name="panel">The bars of all symbols.</param>
    /// <param name="strategy">The rule and its name in the run.</param>
    /// <param name="window">Bars of a window.</param>
    /// <param name="fitted">The preprocessor of an earlier stage, or null to fit one on the training windows.</param>
    /// <param name="template">What to fit where nothing is given; null for the standard template.</param>
    /// <exception cref="InsufficientDataException">Too few bars; the message says how many are
    /// needed.</exception>
    /// <exception cref="PreprocessorMismatchException">The earlier stage was fitted on other
    /// inputs.</exception>
    /// <exception cref="PreprocessingException">The template does not fit the bars.</exception>
    /// <exception cref="FeatureSchemaException">The bars have other columns than the earlier
    /// stage's.</exception>
    public static PreparedMarkets Prepare(
        BarPanel panel, NamedRule strategy, int window, PreprocessorSpec? fitted = null,
        PipelineTemplate? template = null)
    {
        var rule = strategy.Rule;
        fitted?.Required(strategy.Name, rule.Parameters, window);

        var pipelines = new EncoderPipelines(strategy, window, template);
        ImmutableArray<Draft> drafts =
            [.. panel.Symbols.Select(bars => Draft.Of(bars, rule, window, pipelines, fitted?.Pipelines))];
        var splits = AlignedSplits.Create(
            panel, [.. drafts.Select(draft => draft.FirstUsable)], rule.Barriers.HorizonBars, window);
        var spec = fitted ?? new PreprocessorSpec
        {
            Strategy = strategy.Name,
            StrategyParameters = rule.Parameters,
            StrategyDefinition = strategy.Definition,
            Window = window,
            Barriers = rule.Barriers,
            Pipelines = pipelines.Fit(
                panel, [.. drafts.Select((draft, k) => new IndexRange(draft.FirstRow, splits[k].Train.End))]),
        };
        return PreparedMarkets.Of(
            panel,
            [
                .. drafts.Select((draft, k) => draft.Finish(
                    panel.Symbols[k], rule, splits[k], spec,
                    draft.Matrix ?? pipelines.Transform(spec.Pipelines, panel.Symbols[k]))),
            ],
            spec);
    }

    /// <summary>
    /// Bars for a stored model to decide on: nothing is fitted or split, and no label is used. The first bar that it
    /// can decide at is the first end of a window.
    /// </summary>
    /// <exception cref="InsufficientDataException">The bars are fewer than the model looks back.</exception>
    /// <exception cref="FeatureSchemaException">The bars have other columns than those it was trained on.</exception>
    /// <exception cref="PreprocessorMismatchException">This program has another rule of the name.</exception>
    public static PreparedData ForDecisions(BarSeries bars, PreprocessorSpec spec)
    {
        var strategy = spec.Rule();
        spec.Required(spec.Strategy, strategy.Rule.Parameters, spec.Window);
        var matrix = new EncoderPipelines(strategy, spec.Window, null).Transform(spec.Pipelines, bars);
        var first = matrix.FirstValidRow + spec.Window - 1;
        if (first + FewestDecisions > bars.Count)
        {
            throw new InsufficientDataException(
                bars.Count, first + FewestDecisions,
                $"the model looks {first} bars back before its first decision on '{bars.Symbol}'");
        }

        var (nothing, rest) = (new IndexRange(first, first), new IndexRange(first, bars.Count));
        return Draft.Of(bars, strategy.Rule, spec.Window, matrix).Finish(
            bars, strategy.Rule, new TimeSplit(nothing, nothing, rest, 0, 0), spec, matrix);
    }

    /// <summary>One symbol before anything is fitted.</summary>
    /// <param name="Matrix">What an earlier stage's pipeline makes of it; null where there is none.</param>
    /// <param name="FirstRow">The first bar at which every column is defined.</param>
    private sealed record Draft(
        StrategySignals Signals, FeatureMatrix? Matrix, int FirstRow, double[] AverageTrueRange, LabelSet Labels,
        int FirstUsable)
    {
        public static Draft Of(
            BarSeries bars, IStrategyRule rule, int window, EncoderPipelines pipelines, SavedPipelines? fitted) =>
            fitted is null
                ? Of(bars, rule, window, null, pipelines.FirstRow(bars))
                : Of(bars, rule, window, pipelines.Transform(fitted, bars));

        public static Draft Of(BarSeries bars, IStrategyRule rule, int window, FeatureMatrix matrix) =>
            Of(bars, rule, window, matrix, matrix.FirstValidRow);

        private static Draft Of(BarSeries bars, IStrategyRule rule, int window, FeatureMatrix? matrix, int first)
        {
            var signals = rule.Evaluate(bars);
            var atr = AtrIndicator.Compute(bars, new AtrOptions());
            var labels = Labelling.Label(bars, signals.Direction.AsSpan(), atr, rule.Barriers);
            return new Draft(signals, matrix, first, atr, labels, FirstUsableBar(first, labels, window));
        }

        public PreparedData Finish(
            BarSeries bars, IStrategyRule rule, TimeSplit split, PreprocessorSpec spec, FeatureMatrix matrix) => new()
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

    /// <summary>
    /// The first bar with a full window and a label; the number of bars where there is none.
    /// </summary>
    private static int FirstUsableBar(int firstRow, LabelSet labels, int window)
    {
        var bar = firstRow + window - 1;
        while (bar < labels.Count && !labels.Valid[bar])
        {
            bar++;
        }

        return Math.Max(bar, firstRow + window - 1);
    }
}
