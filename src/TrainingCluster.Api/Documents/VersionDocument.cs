using System.Text.Json;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Api.Documents;

/// <summary>A registered version as programs read it in JSON.</summary>
public record VersionDocument
{
    public int SchemaVersion { get; init; } = 1;

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>The reinforcement learner of an agent's or a hybrid's version; else null.</summary>
    public string? Agent { get; init; }

    public required string Version { get; init; }

    /// <summary>The name that the version gets when it is exported.</summary>
    public required string DisplayName { get; init; }

    public required string? Grade { get; init; }

    /// <summary>Why there is no grade.</summary>
    public string? UngradedReason { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<FileDocument> Artifacts { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required string RunId { get; init; }

    public required string JobId { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required LineageDocument Lineage { get; init; }

    /// <summary>"ok" where every artifact's bytes were compared with their sha-256; null where nobody looked.</summary>
    public string? Integrity { get; init; }

    public static VersionDocument Of(ModelVersion version, string? integrity = null) => new()
    {
        Id = version.Id.ToString(),
        Type = version.Id.Model.Type,
        Name = version.Id.Model.Name,
        Agent = version.Lineage.Edges.Where(_ => version.Id.Model.Type == ModelTypes.Hybrid)
            .Select(edge => edge.Target.Model.Type).Prepend(version.Id.Model.Type)
            .FirstOrDefault(type => ModelTypes.StageOf(type) == ModelTypes.StageOf(ModelTypes.Ppo)),
        Version = version.Id.Version.ToNormalizedString(),
        DisplayName = version.ExportName,
        Grade = version.Grade.Grade is null ? null : version.Grade.Text,
        UngradedReason = version.Grade.Grade is null ? version.Grade.Reason : null,
        Sha256 = version.Digest.Hex,
        Artifacts = [.. version.Files.Select(file => new FileDocument(file.Role, file.Digest.Hex, file.Size))],
        Metrics = version.Metrics,
        RunId = version.RunId,
        JobId = version.JobId,
        Seed = version.Seed.Value,
        CreatedAt = version.CreatedAt,
        Lineage = new LineageDocument(
            version.Lineage.DataName,
            version.Lineage.Data.Hex,
            [.. version.Lineage.Edges.Select(edge => new LineageEdgeDocument(
                JsonNamingPolicy.KebabCaseLower.ConvertName(edge.Relation.ToString()),
                edge.Target.ToString(),
                edge.Digest.Hex))]),
        Integrity = integrity,
    };
}

/// <summary>What a version was made from.</summary>
public sealed record LineageDocument(string DataName, string DataDigest, IReadOnlyList<LineageEdgeDocument> Edges);

/// <summary>One version that another was made from.</summary>
public sealed record LineageEdgeDocument(string Relation, string Target, string Sha256);

/// <summary>A version in a list.</summary>
public sealed record VersionLineDocument(
    string Id, string Grade, string Sha256, string RunId, string JobId, DateTimeOffset CreatedAt)
{
    public static VersionLineDocument Of(VersionLine version) => new(
        version.Id.ToString(), version.Grade, version.Digest.Hex, version.RunId, version.JobId, version.CreatedAt);
}

/// <summary>Whether the bytes of a version are what was registered.</summary>
/// <param name="Files">Each with <c>ok</c>, <c>missing</c> or <c>corrupt</c>.</param>
public sealed record IntegrityDocument(string Id, bool Ok, IReadOnlyList<FileIntegrityDocument> Files);

/// <summary>One file of <see cref="IntegrityDocument"/>.</summary>
public sealed record FileIntegrityDocument(string Role, string Sha256, string Status);
