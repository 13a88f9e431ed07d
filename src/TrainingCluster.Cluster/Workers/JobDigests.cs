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
    /// artifact's own description the window that goes in, the barriers that its outputs speak of and the
    /// number of actions. Where the artifact does not parse, type and agent alone.
    /// </summary>
    public static Digest Signature(JobSpec spec, JobOutput output)
    {
        var model = output.Files.FirstOrDefault(file => file.Role == FileRoles.Model);
        return Digest.Of($"{Stages.TypeName(spec.Stage, spec.Agent)}\n{spec.Agent}\n{InterfaceOf(model)}\n");
    }

    /// <summary>Of the window in which choices are made; null where undefined.</summary>
    public static double? ValidationSharpePerBar(JobEvaluation evaluation) =>
        evaluation.Validation?.Metrics.SharpePerBar is { } sharpe && double.IsFinite(sharpe) ? sharpe : null;

    private static string InterfaceOf(JobFile? model)
    {
        if (model is null)
        {
            return "";
        }

        try
        {
            var artifact = ModelArtifact.Parse(model.Content);
            using var config = JsonDocument.Parse(artifact.ConfigJson);
            var root = config.RootElement;
            return string.Join('\n',
                artifact.Kind,
                TextAt(root, "preprocessor", "window"),
                TextAt(root, "preprocessor", "barriers"),
                TextAt(root, "actions"));
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
