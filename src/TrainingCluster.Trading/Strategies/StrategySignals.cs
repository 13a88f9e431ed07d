using System.Collections.Immutable;

namespace TrainingCluster.Trading.Strategies;

/// <summary>What a rule says at the close of every bar; all columns are as long as the bars.</summary>
/// <param name="Signal">The bare rule's position: −1, 0 or 1; 0 during warm-up.</param>
/// <param name="Confidence">How firmly the rule holds its direction, in [0, 1]; 0 during warm-up.</param>
/// <param name="Direction">The side the strategy leans to: ±1 on every bar from <paramref name="WarmUp"/> on,
/// 0 before. Labels and agents follow this one, as the bare signal is too rare to learn from.</param>
/// <param name="WarmUp">How many bars pass before the rule is defined; the number of bars where it never
/// is.</param>
public sealed record StrategySignals(
    ImmutableArray<sbyte> Signal,
    ImmutableArray<float> Confidence,
    ImmutableArray<sbyte> Direction,
    int WarmUp);
