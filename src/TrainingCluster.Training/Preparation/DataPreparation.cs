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
    /// <param name="bars">The bars.</param>
    /// <param name="strategy">A name of the strategy catalog.</param>
    /// <param name="window">Bars of a window.</param>
    /// <param name="fitted">The preprocessor of an earlier stage, or null to fit one on the training
    /// window.</param>
    /// <param name="template">What to fit where nothing is given; null for the standard template.</param>
    /// <exception cref="InsufficientDataException">Too few bars; the message says how many are
    /// needed.</exception>
    /// <exception cref="PreprocessorMismatchException">The earlier stage was fitted on other
    /// inputs.</exception>
    /// <exception cref="PreprocessingException">The template does not fit the bars.</exception>
    /// <exception cref="FeatureSchemaException">The bars have other columns than the earlier
    /// stage's.</exception>
    public static PreparedData Prepare(
        BarSeries bars, string strategy, int window, PreprocessorSpec? fitted = null,
        PipelineTemplate? template = null)
    {
        var rule = StrategyCatalog.Get(strategy);
        fitted?.Required(strategy, rule.Parameters, window);

        var signals = rule.Evaluate(bars);
        var atr = AtrIndicator.Compute(bars, new AtrOptions());
        var labels = Labelling.Label(bars, signals.Direction.AsSpan(), atr, rule.Barriers);
        var named = ModelPipelines.Encoder(template, strategy, window);
        var made = fitted?.Pipeline.Fitted.Transform(bars, ModelPipelines.Catalogue);
        var firstRow = made?.FirstValidRow ?? ModelPipelines.FirstRow(named, bars);
        var firstUsable = FirstUsable(firstRow, labels, window);
        var split = TimeSplit.Create(firstUsable, bars.Count, rule.Barriers.HorizonBars, window);

        var pipeline = fitted?.Pipeline
            ?? SavedPipeline.Of(ModelPipelines.Fit(named, bars, new IndexRange(firstRow, split.Train.End)));
        var matrix = made ?? pipeline.Fitted.Transform(bars, ModelPipelines.Catalogue);
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
                Pipeline = pipeline,
            },
        };
    }

    /// <summary>
    /// The first bar with a full window and a label; the number of bars where there is none.
    /// </summary>
    private static int FirstUsable(int firstRow, LabelSet labels, int window)
    {
        var bar = firstRow + window - 1;
        while (bar < labels.Count && !labels.Valid[bar])
        {
            bar++;
        }

        return Math.Max(bar, firstRow + window - 1);
    }
}
