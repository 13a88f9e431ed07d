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

    /// <summary>Answered with <see cref="RegistryAnswers.Status"/>.</summary>
    public sealed record GetStatus : IWireMessage;

    /// <summary>Answered with <see cref="RegistryAnswers.Trials"/>.</summary>
    public sealed record GetTrials(Digest Data) : IWireMessage;
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

    /// <param name="Node">The one that the registry acts on.</param>
    /// <param name="Versions">All that are registered.</param>
    public sealed record Status(string Node, int Versions) : IWireMessage;

    public sealed record Trials(Digest Data, int Count, double? SharpePerBarVariance) : IWireMessage;
}
