using System.Collections.Immutable;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>A step that learns nothing from the window, unless it overrides fitting.</summary>
/// <param name="name">As templates write it.</param>
/// <param name="settings">The settings that it knows.</param>
public abstract class PlainStep(string name, params ImmutableArray<string> settings) : IPreprocessingStep
{
    public string Name { get; } = name;

    public virtual FittedValues Fit(StepInput input, IndexRange window)
    {
        input.Spec.RequireKnown(settings.AsSpan());
        return FittedValues.Empty;
    }

    public abstract ColumnTable Transform(StepInput input, FittedValues fitted);

    public virtual ColumnTable Unfitted(StepInput input) => Transform(input, FittedValues.Empty);
}
