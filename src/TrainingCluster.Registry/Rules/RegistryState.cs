using System.Collections.Immutable;
using NuGet.Versioning;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Grades;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Rules;

/// <summary>
/// The registry as a fold over its events. Commands are decided here and nowhere else; no clock, no disk.
/// </summary>
public sealed record RegistryState
{
    public static RegistryState Empty { get; } = new();

    /// <summary>All versions, by model and then by precedence of their numbers.</summary>
    public ImmutableSortedDictionary<VersionId, ModelVersion> Versions { get; init; } =
        ImmutableSortedDictionary<VersionId, ModelVersion>.Empty;

    public TrialLedger Trials { get; init; } = TrialLedger.Empty;

    /// <summary>How many events were applied.</summary>
    public long EventCount { get; init; }

    private ImmutableDictionary<ModelName, VersionId> Newest { get; init; } =
        ImmutableDictionary<ModelName, VersionId>.Empty;

    private ImmutableDictionary<(string RunId, string JobId), VersionId> ByJob { get; init; } =
        ImmutableDictionary<(string, string), VersionId>.Empty;

    private ImmutableDictionary<(ModelName Model, Digest Content, Digest Lineage), VersionId> ByContent { get; init; } =
        ImmutableDictionary<(ModelName, Digest, Digest), VersionId>.Empty;

    public ModelVersion? Find(VersionId id) => Versions.GetValueOrDefault(id);

    /// <summary>The version that a job registered, or null.</summary>
    public ModelVersion? FindByJob(string runId, string jobId) =>
        ByJob.TryGetValue((runId, jobId), out var id) ? Versions[id] : null;

    /// <summary>The highest version that is no pre-release, or null.</summary>
    public ModelVersion? Latest(ModelName model) =>
        Versions.Values.LastOrDefault(version => version.Id.Model == model && !version.Id.Version.IsPrerelease);

    public RegistryDecision Decide(RegisterVersion command)
    {
        if (FindByJob(command.RunId, command.JobId) is { } ofJob)
        {
            return new RegistryDecision([], new VersionAccepted(ofJob, WasThere: true));
        }

        var problems = RegistrationRules.Check(this, command);
        if (problems.Length > 0)
        {
            return new RegistryDecision([], new VersionRefused(problems));
        }

        var events = ImmutableArray.CreateBuilder<RegistryEvent>();
        var content = ArtifactFile.RootOf(command.Files);
        var wasThere = ByContent.TryGetValue((command.Model, content, command.Lineage.Identity), out var known);
        var version = wasThere ? Versions[known!] : ToVersion(command, content);
        if (!wasThere)
        {
            events.Add(new VersionRegistered(version));
        }

        if (command.Trial is { } trial)
        {
            events.AddRange(Decide(new TrialCounted(
                command.Lineage.Data, trial.Spec, command.Model.Type, trial.Strategy, trial.SharpePerBar)));
        }

        return new RegistryDecision(events.ToImmutable(), new VersionAccepted(version, wasThere));
    }

    /// <summary>Counts a trial unless the same specification was counted on the same data before.</summary>
    public ImmutableArray<RegistryEvent> Decide(TrialCounted trial) =>
        Trials.Contains(trial.Data, trial.Spec) ? [] : [trial];

    public RegistryState Apply(RegistryEvent happened) => happened switch
    {
        VersionRegistered registered => Add(registered.Version),
        TrialCounted trial => this with { Trials = Trials.Add(trial), EventCount = EventCount + 1 },
        _ => throw new ArgumentException($"the registry knows no event of type {happened.GetType().Name}"),
    };

    private RegistryState Add(ModelVersion version) => this with
    {
        Versions = Versions.Add(version.Id, version),
        Newest = !Newest.TryGetValue(version.Id.Model, out var newest) || newest.CompareTo(version.Id) < 0
            ? Newest.SetItem(version.Id.Model, version.Id)
            : Newest,
        ByJob = ByJob.SetItem((version.RunId, version.JobId), version.Id),
        ByContent = ByContent.SetItem(
            (version.Id.Model, version.Digest, version.Lineage.Identity), version.Id),
        EventCount = EventCount + 1,
    };

    private ModelVersion ToVersion(RegisterVersion command, Digest content) => new()
    {
        Id = new VersionId(command.Model, NextNumber(command)),
        Files = [.. command.Files.OrderBy(file => file.Role, StringComparer.Ordinal)],
        Digest = content,
        Lineage = command.Lineage,
        RunId = command.RunId,
        JobId = command.JobId,
        SpecDigest = command.SpecDigest,
        RecipeDigest = command.RecipeDigest,
        SignatureDigest = command.SignatureDigest,
        CreatedAt = command.CreatedAt,
        Seed = command.Seed,
        Metrics = command.Metrics,
        Grade = GradePolicy.For(command.Model.Type).Grade(command.Metrics),
        Profile = command.Profile,
        Degradation = command.Degradation,
    };

    private SemanticVersion NextNumber(RegisterVersion command) =>
        Newest.TryGetValue(command.Model, out var newest)
            ? VersionBump.Next(Versions[newest], command)
            : VersionBump.First;
}
