using System.Text.Json;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers;

/// <summary>What the registry compares to number a version.</summary>
internal static class JobDigests
{
    private static readonly Digest NoData = Digest.Of("any data");

    /// <summary>Of the job without data and inputs: equal for a retraining on newer bars.</summary>
    public static Digest Recipe(JobSpec spec) =>
        (spec with { Data = NoData, GivenInputs = [] }).SpecDigest([]);

    /// <summary>
    /// Of what a caller of the model sees: its type and agent, the kind of its artifact, and from the
    /// artifact's own description the window and the source's further columns that go in, the barriers that its
    /// outputs speak of and the number of actions. Where the artifact does not parse, type and agent alone.
    /// </summary>
    public static Digest Signature(JobSpec spec, JobOutput output)
    {
        var model = output.Files.FirstOrDefault(file => file.Role == FileRoles.Model);
        return Digest.Of($"{Stages.TypeName(spec.Stage, spec.Agent)}\n{spec.Agent}\n{InterfaceOf(model)}\n");
    }

    /// <summary>
    /// What the model's artifact says of libraries and settings, "torch=…;blas=…" by name; empty where it says
    /// nothing.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> NumericProfile(JobOutput output)
    {
        var model = output.Files.FirstOrDefault(file => file.Role == FileRoles.Model);
        var text = model is null ? "" : Described(model, (_, config) => TextAt(config, "numericProfile")).Trim('"');
        return text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('=', 2))
            .Where(entry => entry.Length == 2)
            .ToImmutableSortedDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal);
    }

    /// <summary>Of the window in which choices are made; null where undefined.</summary>
    public static double? ValidationSharpePerBar(JobEvaluation evaluation) =>
        evaluation.Validation?.Metrics.SharpePerBar is { } sharpe && double.IsFinite(sharpe) ? sharpe : null;

    private static string InterfaceOf(JobFile? model) => model is null ? "" : Described(model, (kind, config) =>
        string.Join('\n',
            kind,
            TextAt(config, "preprocessor", "window"),
            TextAt(config, "preprocessor", "pipelines", "all", "fitted", "sourceColumns"),
            TextAt(config, "preprocessor", "barriers"),
            TextAt(config, "actions")));

    /// <summary>Of the artifact's kind and configuration; empty where it does not parse.</summary>
    private static string Described(JobFile model, Func<string, JsonElement, string> describe)
    {
        try
        {
            var artifact = ModelArtifact.Parse(model.Content);
            using var config = JsonDocument.Parse(artifact.ConfigJson);
            return describe(artifact.Kind, config.RootElement);
        }
        catch (Exception unreadable) when (unreadable is ArtifactFormatException or JsonException)
        {
            return "";
        }
    }

    private static string TextAt(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return "";
            }
        }

        return element.GetRawText();
    }
}
