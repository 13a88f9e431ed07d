using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.Training.Ensembles;

/// <summary>
/// What an ensemble's artifact says: its members by digest, how regimes are told apart, who weighs what.
/// </summary>
internal sealed record EnsembleConfig
{
    public int FormatVersion { get; init; } = 1;

    /// <summary>In the order of the weights.</summary>
    public required ImmutableArray<EnsembleMemberReference> Members { get; init; }

    /// <summary>Fitted on the training window; of several symbols the first one's.</summary>
    public required RegimeDetector Regimes { get; init; }

    /// <summary>By symbol, each fitted on its own training window; null with one symbol.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, RegimeDetector>? SymbolRegimes { get; init; }

    /// <summary>Names of the rows of the tensor <c>regime_weights</c>.</summary>
    public required ImmutableArray<string> RegimeNames { get; init; }

    /// <summary>Of the bars its thresholds were fitted on.</summary>
    public required Digest Data { get; init; }

    /// <summary>Of the job's spec.</summary>
    public required Digest Spec { get; init; }
}

/// <summary>A hybrid that belongs to an ensemble, with the digests of the pipelines of its encoder and of its
/// agent.</summary>
internal sealed record EnsembleMemberReference(
    string Strategy, string Model, Digest Artifact, Digest Pipeline, Digest State);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(EnsembleConfig))]
internal sealed partial class EnsembleJson : JsonSerializerContext;
