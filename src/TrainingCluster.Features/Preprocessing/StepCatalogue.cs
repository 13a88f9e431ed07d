using System.Collections.Immutable;
using TrainingCluster.Features.Preprocessing.Steps;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>The steps that a pipeline may name.</summary>
public sealed class StepCatalogue
{
    private readonly ImmutableSortedDictionary<string, IPreprocessingStep> _steps;

    private StepCatalogue(ImmutableSortedDictionary<string, IPreprocessingStep> steps) => _steps = steps;

    /// <summary>The steps that come with the program.</summary>
    public static StepCatalogue Standard { get; } = new StepCatalogue(
        ImmutableSortedDictionary.Create<string, IPreprocessingStep>(StringComparer.Ordinal))
        .With(new FeaturesStep()).With(new SourceColumnsStep()).With(new FillStep()).With(new ScaleStep())
        .With(new RequireStep()).With(new RewardFeaturesStep());

    public IEnumerable<string> Names => _steps.Keys;

    /// <summary>With a step of one's own.</summary>
    /// <exception cref="ArgumentException">There is a step of that name.</exception>
    public StepCatalogue With(IPreprocessingStep step) => new(_steps.Add(step.Name, step));

    /// <summary>
    /// With features computed once for each series: for one preparation after the other, as it keeps them.
    /// </summary>
    public StepCatalogue Remembering() =>
        new(_steps.SetItem(FeaturesStep.StepName, new RememberedStep(_steps[FeaturesStep.StepName])));

    /// <exception cref="FormatException">There is no such step; the message lists those there are.</exception>
    public IPreprocessingStep Get(string name) => _steps.TryGetValue(name, out var step)
        ? step
        : throw new FormatException($"there is no step '{name}'; there are {string.Join(", ", Names)}");
}
