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
        var first = FirstRow(template, bars, Catalogue);
        var split = TimeSplit.Create(first + template.Window - 1, bars.Count, labelHorizon: 1, template.Window);
        return Fit(template, bars, [new IndexRange(first, split.Train.End)], Catalogue).All.Fitted;
    }

    /// <summary>What an agent sees beside the encoder's outputs, fitted on the bars that the encoder's pipelines were
    /// fitted on.</summary>
    /// <exception cref="PreprocessingException">The template does not give what an agent reads.</exception>
    internal static SavedPipelines State(PipelineTemplate template, BarPanel panel, SavedPipelines encoder)
    {
        ImmutableArray<IndexRange> seen =
        [
            .. panel.Symbols.Select(bars => encoder.Of(bars.Symbol).Fitted.FittedOn)
                .Select(on => new IndexRange(on.FirstBar, on.LastBar + 1)),
        ];
        var state = Fit(template with { Window = encoder.All.Fitted.Window }, panel, seen, Catalogue);
        var lacking = PolicyObservation.Standard.Except(state.All.Fitted.Outputs, StringComparer.Ordinal).ToArray();
        return lacking.Length == 0 ? state : throw new PreprocessingException(
            $"the template of {template.ModelType} does not give {string.Join(", ", lacking)}, which agents read; "
            + "begin it with the step 'features'");
    }

    /// <exception cref="PreprocessingException">A step is unknown or wrong.</exception>
    internal static int FirstRow(PipelineTemplate template, BarSeries bars, StepCatalogue catalogue) =>
        Explained(template, () => FittedPipeline.FirstRow(template, bars, catalogue));

    /// <param name="seen">By symbol, what may be fitted on.</param>
    /// <exception cref="PreprocessingException">A step is wrong, or the bars not enough for it.</exception>
    internal static SavedPipelines Fit(
        PipelineTemplate template, BarPanel panel, ImmutableArray<IndexRange> seen, StepCatalogue catalogue) =>
        Explained(template, () =>
        {
            ImmutableArray<FitBars> markets = [.. panel.Symbols.Zip(seen, (bars, window) => new FitBars(bars, window))];
            return new SavedPipelines
            {
                All = SavedPipeline.Of(FittedPipeline.Fit(template, markets, catalogue)),
                Symbols = panel.IsSingle ? null : markets.ToImmutableSortedDictionary(
                    one => one.Bars.Symbol,
                    one => SavedPipeline.Of(FittedPipeline.Fit(template, [one], catalogue)),
                    StringComparer.Ordinal),
            };
        });

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
