using System.Collections.Immutable;
using TrainingCluster.Trading.Strategies.Catalogue;

namespace TrainingCluster.Trading.Strategies;

/// <summary>The strategies that exist, with the schema of their settings.</summary>
public static class StrategyCatalog
{
    /// <summary>In a fixed order.</summary>
    public static ImmutableArray<StrategyEntry> Entries => StrategyEntries.All;

    private static readonly ImmutableArray<IStrategyRule> Rules =
        [.. StrategyEntries.All.Select(entry => entry.MakeDefault())];

    /// <summary>In a fixed order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Rules.Select(rule => rule.Name)];

    /// <summary>Those that a run trains unless told otherwise; the regime table names them.</summary>
    public static ImmutableArray<string> Standard { get; } = [.. Names.Take(3)];

    /// <summary>Null where there is none of that name.</summary>
    public static StrategyEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>With default settings.</summary>
    /// <exception cref="UnknownStrategyException">No strategy has that name; the message lists those that
    /// exist.</exception>
    public static IStrategyRule Get(string name) =>
        Rules.FirstOrDefault(rule => rule.Name == name) ?? throw new UnknownStrategyException(name, Names);
}
