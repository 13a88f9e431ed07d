using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Training.Preparation;

/// <summary>The pipelines of the encoders of one strategy: the template's steps and the strategy's columns.</summary>
/// <param name="strategy">Whose columns are inputs too, because the barriers lie in its direction.</param>
/// <param name="window">Bars of a window.</param>
/// <param name="template">Null for the standard template.</param>
internal sealed class EncoderPipelines(NamedRule strategy, int window, PipelineTemplate? template)
{
    private readonly PipelineTemplate _template = (template ?? PipelineTemplate.For("cnn_lstm"))
        .With($"strategy(rule={strategy.Name})") with
    { Window = window };

    /// <summary>The standard steps and the columns of the strategy; features are computed once for a series.</summary>
    public StepCatalogue Steps { get; } = StepCatalogue.Standard.With(new StrategyStep(strategy)).Remembering();

    /// <exception cref="PreprocessingException">A step is unknown or wrong.</exception>
    public int FirstRow(BarSeries bars) => ModelPipelines.FirstRow(_template, bars, Steps);

    /// <param name="seen">By symbol, what may be fitted on.</param>
    /// <exception cref="PreprocessingException">A step is wrong, or the bars not enough for it.</exception>
    public SavedPipelines Fit(BarPanel panel, ImmutableArray<IndexRange> seen) =>
        ModelPipelines.Fit(_template, panel, seen, Steps);

    /// <exception cref="FeatureSchemaException">The bars have other columns than was fitted on.</exception>
    public FeatureMatrix Transform(SavedPipelines fitted, BarSeries bars) =>
        fitted.Of(bars.Symbol).Fitted.Transform(bars, Steps);
}
