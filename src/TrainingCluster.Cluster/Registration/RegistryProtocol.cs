using TrainingCluster.Cluster.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cluster.Registration;

/// <summary>What is asked of the registry. May be sent again without harm.</summary>
public static class RegistryCommands
{
    /// <summary>
    /// Answered with <see cref="RegistryAnswers.Registered"/> or <see cref="RegistryAnswers.Refused"/>.
    /// </summary>
    public sealed record Register(RegisterVersion Version) : IWireMessage;
}

/// <summary>Questions to the registry.</summary>
public static class RegistryQueries
{
    /// <summary>Answered with <see cref="RegistryAnswers.Found"/>.</summary>
    public sealed record GetVersion(VersionId Id) : IWireMessage;

    /// <summary>Answered with <see cref="RegistryAnswers.Trials"/>.</summary>
    public sealed record GetTrials(Digest Data) : IWireMessage;

    /// <summary>Answered with <see cref="RegistryAnswers.Listed"/>.</summary>
    /// <param name="Type">Only of this type; null: of any.</param>
    /// <param name="Name">Only of this name; null: of any.</param>
    public sealed record ListVersions(string? Type, string? Name, int Skip, int CountMax) : IWireMessage;

    /// <summary>Answered with <see cref="RegistryAnswers.Status"/>.</summary>
    public sealed record GetStatus : IWireMessage;
}

/// <summary>What the registry answers.</summary>
public static class RegistryAnswers
{
    /// <param name="WasThere">An earlier command had registered it.</param>
    public sealed record Registered(string RunId, string JobId, ModelVersion Version, bool WasThere)
        : IWireMessage;

    public sealed record Refused(string RunId, string JobId, ImmutableArray<RegistrationProblem> Problems)
        : IWireMessage;

    /// <param name="Version">Null if there is none.</param>
    public sealed record Found(VersionId Id, ModelVersion? Version) : IWireMessage;

    public sealed record Trials(Digest Data, int Count, double? SharpePerBarVariance) : IWireMessage;

    /// <param name="Total">How many there are of what was asked for.</param>
    public sealed record Listed(ImmutableArray<VersionLine> Versions, int Total) : IWireMessage;

    /// <param name="Node">The node that holds the registry.</param>
    /// <param name="Events">That it was made from.</param>
    public sealed record Status(string Node, long Events, int Versions) : IWireMessage;
}

/// <summary>A version in a list.</summary>
/// <param name="Grade">Letters, or "ungraded".</param>
public sealed record VersionLine(
    VersionId Id, Digest Digest, string Grade, string RunId, string JobId, DateTimeOffset CreatedAt)
{
    public static VersionLine Of(ModelVersion version) => new(
        version.Id, version.Digest, version.Grade.Text, version.RunId, version.JobId, version.CreatedAt);
}
