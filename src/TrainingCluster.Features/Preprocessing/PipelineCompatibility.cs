using System.Collections.Immutable;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>Whether models can decide together: on the same columns, over the same windows.</summary>
public static class PipelineCompatibility
{
    /// <param name="models">The models of an ensemble by name; the first is what the others are compared
    /// with.</param>
    /// <param name="testFirstTime">Stamp of the first bar that the ensemble is measured on, or null: no member may
    /// have been fitted on it or later.</param>
    /// <returns>Everything that does not fit, one sentence each; empty where all does.</returns>
    public static ImmutableArray<string> Check(
        IReadOnlyList<(string Name, FittedPipeline Pipeline)> models, long? testFirstTime = null)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, pipeline) in models)
        {
            var (reference, first) = models[0];
            if (pipeline.Window != first.Window)
            {
                found.Add($"{name} reads windows of {pipeline.Window} bars; {reference} of {first.Window}");
            }

            if (!pipeline.SourceColumns.SequenceEqual(first.SourceColumns))
            {
                found.Add($"{name} needs the source's columns [{string.Join(", ", pipeline.SourceColumns)}]; "
                    + $"{reference} [{string.Join(", ", first.SourceColumns)}]");
            }

            if (pipeline.ModelType == first.ModelType && pipeline.TemplateVersion != first.TemplateVersion)
            {
                found.Add($"{name} has version {pipeline.TemplateVersion} of the template {pipeline.ModelType}; "
                    + $"{reference} has {first.TemplateVersion}");
            }

            if (testFirstTime is { } time && pipeline.FittedOn.LastTime >= time)
            {
                found.Add($"{name} was fitted on bars up to {Stamp(pipeline.FittedOn.LastTime)}; "
                    + $"the ensemble is measured from {Stamp(time)} on");
            }
        }

        return found.ToImmutable();
    }

    private static string Stamp(long time) => FormattableString.Invariant(
        $"{DateTimeOffset.FromUnixTimeMilliseconds(time):yyyy-MM-dd HH:mm}Z");
}
