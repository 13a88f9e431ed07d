using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Preparation;

/// <summary>The pipelines of models: their templates, and how they are fitted.</summary>
public static class ModelPipelines
{
    /// <summary>The steps that models' pipelines may name: the standard ones, and a strategy's columns.</summary>
    public static StepCatalogue Catalogue { get; } = StepCatalogue.Standard.With(new StrategyStep());

    /// <summary>The standard template of a model type, or null where there is none.</summary>
    public static PipelineTemplate? Standard(string modelType) =>
        PipelineTemplate.Standard.FirstOrDefault(template => template.ModelType == modelType);

    /// <summary>Fits a template without a strategy's columns on the share of the bars that training would take: from
    /// the first complete one, 60 %.</summary>
    /// <exception cref="InsufficientDataException">There are too few bars to train on.</exception>
    /// <exception cref="PreprocessingException">The template does not fit the bars.</exception>
    public static FittedPipeline FitForTraining(PipelineTemplate template, BarSeries bars)
    {
        var first = FirstRow(template, bars);
        var split = TimeSplit.Create(first + template.Window - 1, bars.Count, labelHorizon: 1, template.Window);
        return Fit(template, bars, new IndexRange(first, split.Train.End));
    }

    /// <summary>The standard template of an encoder, or the given one, for one strategy and window.</summary>
    internal static PipelineTemplate Encoder(PipelineTemplate? template, string strategy, int window) =>
        (template ?? PipelineTemplate.For("cnn_lstm")).With($"strategy(rule={strategy})") with { Window = window };

    /// <summary>What an agent sees beside the encoder's outputs, fitted on the bars that the encoder's pipeline was
    /// fitted on.</summary>
    /// <exception cref="PreprocessingException">The template does not give what an agent reads.</exception>
    internal static FittedPipeline State(PipelineTemplate template, BarSeries bars, FittedPipeline encoder)
    {
        var window = new IndexRange(encoder.FittedOn.FirstBar, encoder.FittedOn.LastBar + 1);
        var state = Fit(template with { Window = encoder.Window }, bars, window);
        var lacking = PolicyObservation.Standard.Except(state.Outputs, StringComparer.Ordinal).ToArray();
        return lacking.Length == 0 ? state : throw new PreprocessingException(
            $"the template of {template.ModelType} does not give {string.Join(", ", lacking)}, which agents read; "
            + "begin it with the step 'features'");
    }

    /// <exception cref="PreprocessingException">A step is unknown or wrong.</exception>
    internal static int FirstRow(PipelineTemplate template, BarSeries bars) =>
        Explained(template, () => FittedPipeline.FirstRow(template, bars, Catalogue));

    /// <exception cref="PreprocessingException">A step is wrong, or the window not enough for it.</exception>
    internal static FittedPipeline Fit(PipelineTemplate template, BarSeries bars, IndexRange window) =>
        Explained(template, () => FittedPipeline.Fit(template, bars, window, Catalogue));

    private static T Explained<T>(PipelineTemplate template, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (FormatException wrong)
        {
            throw new PreprocessingException($"preprocessing of {template.ModelType}: {wrong.Message}", wrong);
        }
    }
}

/// <summary>A template cannot be fitted on these bars; the message names the step and the rule.</summary>
public sealed class PreprocessingException(string message, Exception? inner = null) : Exception(message, inner);
