using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Rules;

/// <summary>
/// What happened to the registry: <see cref="VersionRegistered"/> or <see cref="TrialCounted"/>. The journal
/// of these is the registry; everything else is a view.
/// </summary>
public abstract record RegistryEvent;

/// <summary>A version exists from now on and will never change.</summary>
public sealed record VersionRegistered(ModelVersion Version) : RegistryEvent;

/// <summary>A specification was scored on some data; happens once per pair of both.</summary>
/// <param name="Stage">The model type the trial was for.</param>
/// <param name="SharpePerBar">Of the selection window, not annualised; null if it was undefined.</param>
public sealed record TrialCounted(Digest Data, Digest Spec, string Stage, string Strategy, double? SharpePerBar)
    : RegistryEvent;
