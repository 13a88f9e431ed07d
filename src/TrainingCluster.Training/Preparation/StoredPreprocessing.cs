using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Training.Preparation;

/// <summary>A pipeline inside a model.</summary>
/// <param name="Part">What it feeds: <c>encoder</c>, <c>agent</c>; of a single symbol of several with its name
/// behind, in an ensemble with the member's name in front.</param>
public sealed record ModelPipeline(string Part, SavedPipeline Pipeline)
{
    /// <summary>The steps that it may name: its model's own strategy among them.</summary>
    public StepCatalogue Steps { get; init; } = ModelPipelines.Catalogue;

    public bool Equals(ModelPipeline? other) => other is not null && (Part, Pipeline) == (other.Part, other.Pipeline);

    public override int GetHashCode() => HashCode.Combine(Part, Pipeline);
}

/// <summary>The pipelines that a stored model was saved with.</summary>
public static class StoredPreprocessing
{
    /// <returns>One for an encoder; the encoder's and the agent's own for agents and hybrids; those of all members for
    /// an ensemble.</returns>
    /// <param name="model">The model's artifact.</param>
    /// <param name="artifacts">Holds the members of an ensemble.</param>
    /// <exception cref="ArtifactFormatException">The model has no pipeline that this program reads, or not the one
    /// that was saved.</exception>
    public static ImmutableArray<ModelPipeline> Read(ModelArtifact model, IArtifactStore artifacts)
    {
        try
        {
            using var config = JsonDocument.Parse(model.ConfigJson);
            return config.RootElement.TryGetProperty("members", out var members)
                ? [.. members.EnumerateArray().SelectMany(member => OfMember(member, artifacts))]
                : [.. OfModel(model.Kind, config.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArtifactFormatException(
                "its preprocessing cannot be read; train it again with this program: " + e.Message, e);
        }
    }

    /// <summary>Whether bars have the further columns that every pipeline of a model was fitted on.</summary>
    /// <exception cref="FeatureSchemaException">They have not; the columns are named.</exception>
    public static void RequireColumns(ImmutableArray<ModelPipeline> pipelines, BarSeries bars)
    {
        foreach (var one in pipelines)
        {
            one.Pipeline.Fitted.RequireColumns(bars);
        }
    }

    private static IEnumerable<ModelPipeline> OfMember(JsonElement member, IArtifactStore artifacts)
    {
        var digest = member.GetProperty("artifact").Deserialize(PreprocessingJson.Default.Digest)!;
        var name = member.GetProperty("model").GetString();
        return Read(ModelArtifact.Parse(artifacts.Get(digest)), artifacts)
            .Select(one => one with { Part = $"{name} {one.Part}" });
    }

    private static IEnumerable<ModelPipeline> OfModel(string kind, JsonElement config)
    {
        var spec = config.GetProperty("preprocessor").Deserialize(PreprocessingJson.Default.PreprocessorSpec)!;
        if (spec.Version != PreprocessorSpec.CurrentVersion)
        {
            throw new ArtifactFormatException($"its preprocessing of kind '{kind}' has version {spec.Version}; "
                + $"this program reads {PreprocessorSpec.CurrentVersion}");
        }

        var pipelines = OfPart("encoder", spec.Pipelines.Verified());
        var state = config.TryGetProperty("state", out var saved)
            ? OfPart("agent", saved.Deserialize(PreprocessingJson.Default.SavedPipelines)!.Verified())
            : [];
        var steps = new EncoderPipelines(spec.Rule(), spec.Window, template: null).Steps;
        return [.. pipelines.Concat(state).Select(one => one with { Steps = steps })];
    }

    private static IEnumerable<ModelPipeline> OfPart(string part, SavedPipelines pipelines) =>
    [
        new ModelPipeline(part, pipelines.All),
        .. (pipelines.Symbols ?? ImmutableSortedDictionary<string, SavedPipeline>.Empty)
            .Select(one => new ModelPipeline($"{part} of {one.Key}", one.Value)),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(PreprocessorSpec))]
[JsonSerializable(typeof(SavedPipelines))]
[JsonSerializable(typeof(Digest))]
internal sealed partial class PreprocessingJson : JsonSerializerContext;
