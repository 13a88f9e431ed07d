using System.Diagnostics.CodeAnalysis;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cli.Documents;

/// <summary>A registered version as commands print it in JSON, with what was looked at here.</summary>
internal sealed record VersionDocument : Api.Documents.VersionDocument
{
    [SetsRequiredMembers]
    private VersionDocument(Api.Documents.VersionDocument version)
        : base(version)
    {
    }

    /// <summary>What its result on bars that it never saw is worth; null where nobody looked.</summary>
    public EvidenceDocument? Evidence { get; init; }

    /// <summary>Against buying and holding the same bars.</summary>
    public FieldDocument? Field { get; init; }

    /// <summary>Why there is no evidence.</summary>
    public string? EvidenceNotComputed { get; init; }

    public static new VersionDocument Of(ModelVersion version, string? integrity = null) =>
        new(Api.Documents.VersionDocument.Of(version, integrity));
}
