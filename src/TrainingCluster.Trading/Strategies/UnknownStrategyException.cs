using System.Collections.Immutable;

namespace TrainingCluster.Trading.Strategies;

/// <summary>A name that no strategy has.</summary>
public sealed class UnknownStrategyException(string name, ImmutableArray<string> known)
    : Exception($"There is no strategy '{name}'; choose from: {string.Join(", ", known)}")
{
    public string Name { get; } = name;

    /// <summary>The names that exist, in the catalog's order.</summary>
    public ImmutableArray<string> Known { get; } = known;
}
