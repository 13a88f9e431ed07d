using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Jobs;

/// <summary>What a plan needs to know of the strategy rules.</summary>
internal static class StrategyRules
{
    public static ImmutableArray<string> Names => StrategyCatalog.Names;

    /// <summary>The rules and their numbers, as text that changes whenever a rule does.</summary>
    public static string Canonical(ImmutableArray<string> names) =>
        string.Join(";", names.Select(name => StrategyCatalog.Get(name).Parameters));
}
