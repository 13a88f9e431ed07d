using System.Collections.Immutable;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Rules;

/// <summary>What the registry makes of a command: events to store first, then the answer.</summary>
/// <param name="Events">Empty if the command changes nothing.</param>
public sealed record RegistryDecision(ImmutableArray<RegistryEvent> Events, RegistryAnswer Answer);

/// <summary>Either <see cref="VersionAccepted"/> or <see cref="VersionRefused"/>.</summary>
public abstract record RegistryAnswer;

/// <summary>The version stands.</summary>
/// <param name="WasThere">The same job, or the same content with the same lineage, had been registered
/// before.</param>
public sealed record VersionAccepted(ModelVersion Version, bool WasThere) : RegistryAnswer;

/// <summary>Nothing was registered.</summary>
/// <param name="Problems">All of them, at least one.</param>
public sealed record VersionRefused(ImmutableArray<RegistrationProblem> Problems) : RegistryAnswer
{
    public override string ToString() => string.Join("; ", Problems.Select(problem => problem.Text));
}

/// <summary>One rule that a registration broke.</summary>
/// <param name="Code">For programs: <c>unknown_type</c>, <c>files</c>, <c>edge_missing</c>,
/// <c>edge_digest</c>, <c>stage_order</c>, <c>artifact_missing</c>.</param>
/// <param name="Text">For people: the thing, the value and the rule.</param>
public sealed record RegistrationProblem(string Code, string Text);
