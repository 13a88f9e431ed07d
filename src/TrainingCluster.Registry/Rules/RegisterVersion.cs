using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Rules;

/// <summary>
/// The wish to register a version: all of <see cref="ModelVersion"/> but the number and the grade, which the
/// registry gives. The artifacts must already be in the artifact store. Sending it again does no harm.
/// </summary>
public sealed record RegisterVersion
{
    public required ModelName Model { get; init; }

    public required ImmutableArray<ArtifactFile> Files { get; init; }

    public required Lineage Lineage { get; init; }

    public required string RunId { get; init; }

    public required string JobId { get; init; }

    public required Digest SpecDigest { get; init; }

    public required Digest RecipeDigest { get; init; }

    public required Digest SignatureDigest { get; init; }

    /// <summary>By the clock of whoever sends the command; replaying reads no clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SeedJsonConverter))]
    public required Seed Seed { get; init; }

    public required ImmutableSortedDictionary<string, double> Metrics { get; init; }

    public ImmutableSortedDictionary<string, string> Profile { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public string? Degradation { get; init; }

    /// <summary>If given, the job was a trial on its data and is counted with the registration.</summary>
    public Trial? Trial { get; init; }
}

/// <summary>One scored specification.</summary>
/// <param name="SharpePerBar">Of the selection window, not annualised; null if undefined.</param>
public sealed record Trial(Digest Spec, string Strategy, double? SharpePerBar);
