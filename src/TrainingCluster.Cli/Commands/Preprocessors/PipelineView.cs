using TrainingCluster.Features.Preprocessing;

namespace TrainingCluster.Cli.Commands.Preprocessors;

/// <summary>A template or a fitted pipeline as commands show it.</summary>
/// <param name="Name">The template's model type, or the version and the part of it that the pipeline feeds.</param>
/// <param name="ModelType">Which models it is for.</param>
/// <param name="TemplateVersion">Rises with every change of the template.</param>
/// <param name="Window">Bars of a window.</param>
/// <param name="Steps">In order.</param>
/// <param name="SourceColumns">Further columns that bars must have; null for a template, which takes any.</param>
/// <param name="Outputs">Columns that come out; null for a template.</param>
/// <param name="FittedFrom">Stamp of the first bar it was fitted on; null for a template.</param>
/// <param name="FittedTo">Stamp of the last bar it was fitted on; null for a template.</param>
/// <param name="Sha256">Of a fitted pipeline.</param>
internal sealed record PipelineView(
    string Name, string ModelType, int TemplateVersion, int Window, string[] Steps, string[]? SourceColumns,
    string[]? Outputs, DateTimeOffset? FittedFrom, DateTimeOffset? FittedTo, string? Sha256)
{
    public static PipelineView Of(PipelineTemplate template) => new(
        template.ModelType, template.ModelType, template.Version, template.Window, [.. template.Steps], null, null,
        null, null, null);

    public static PipelineView Of(string name, FittedPipeline fitted) => new(
        name, fitted.ModelType, fitted.TemplateVersion, fitted.Window, [.. fitted.Steps.Select(step => step.Step)],
        [.. fitted.SourceColumns], [.. fitted.Outputs], Time(fitted.FittedOn.FirstTime), Time(fitted.FittedOn.LastTime),
        fitted.Digest.Hex);

    /// <summary>What there is to say, each thing under its name.</summary>
    public IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("for", FormattableString.Invariant($"{ModelType}, template version {TemplateVersion}"));
        yield return ("window", FormattableString.Invariant($"{Window} bars"));
        for (var i = 0; i < Steps.Length; i++)
        {
            yield return (FormattableString.Invariant($"step {i + 1}"), Steps[i]);
        }

        if (Outputs is { } outputs)
        {
            yield return ("needs", SourceColumns is { Length: > 0 } needed ? string.Join(", ", needed) : "bars alone");
            yield return ("gives", FormattableString.Invariant(
                $"{outputs.Length} columns: {string.Join(", ", outputs)}"));
            yield return ("fitted on", $"{Output.TextFormat.Time(FittedFrom!.Value)} to "
                + Output.TextFormat.Time(FittedTo!.Value));
            yield return ("sha-256", Sha256!);
        }
    }

    public void Write(TextWriter writer)
    {
        writer.WriteLine(Name);
        foreach (var (name, value) in Facts())
        {
            writer.WriteLine($"  {name,-10} {value}");
        }
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
