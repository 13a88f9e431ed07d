using System.Collections.Immutable;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>A strategy cannot be made from what was written; the message lists every violation.</summary>
public sealed class StrategyDefinitionException(ImmutableArray<StrategyViolation> violations)
    : Exception(Describe(violations))
{
    /// <summary>At least one, by line.</summary>
    public ImmutableArray<StrategyViolation> Violations { get; } = violations;

    private static string Describe(ImmutableArray<StrategyViolation> violations) => violations.Length == 1
        ? $"The strategy cannot be used: {violations[0]}"
        : $"The strategy cannot be used ({violations.Length} violations):\n  " + string.Join("\n  ", violations);
}
