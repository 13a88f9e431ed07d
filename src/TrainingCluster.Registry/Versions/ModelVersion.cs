using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Grades;

namespace TrainingCluster.Registry.Versions;

/// <summary>A registered version. Nothing of it ever changes.</summary>
public sealed record ModelVersion
{
    public required VersionId Id { get; init; }

    public required ImmutableArray<ArtifactFile> Files { get; init; }

    /// <summary>See <see cref="ArtifactFile.RootOf"/>.</summary>
    public required Digest Digest { get; init; }

    public required Lineage Lineage { get; init; }

    public required string RunId { get; init; }

    public required string JobId { get; init; }

    /// <summary>Of the job's whole specification, inputs and data included.</summary>
    public required Digest SpecDigest { get; init; }

    /// <summary>Of architecture, hyper-parameters, features and seed, without data and inputs.</summary>
    public required Digest RecipeDigest { get; init; }

    /// <summary>
    /// Of what goes in and comes out: names, shapes, meanings, label horizon, action space.
    /// </summary>
    public required Digest SignatureDigest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SeedJsonConverter))]
    public required Seed Seed { get; init; }

    /// <summary>Out of sample, net of costs; names as in <see cref="MetricNames"/>.</summary>
    public required ImmutableSortedDictionary<string, double> Metrics { get; init; }

    public required GradeResult Grade { get; init; }

    /// <summary>
    /// The versions of libraries and the numeric settings under which the bytes were made; empty where not
    /// recorded.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Profile { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What is wrong with a version that is usable all the same; null if nothing is.</summary>
    public string? Degradation { get; init; }

    /// <summary>The default file name on export, such as <c>cnn_lstm_v1.0.0_grade_A_acc_0.95</c>.</summary>
    [JsonIgnore]
    public string ExportName => Views.ExportNames.Of(this);

    /// <summary>The file of a role, or null.</summary>
    public ArtifactFile? File(string role) => Files.FirstOrDefault(file => file.Role == role);
}
