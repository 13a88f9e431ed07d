using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Jobs;

/// <summary>What a plan needs to know of the strategy rules.</summary>
internal static class StrategyRules
{
    public static ImmutableArray<string> Names => StrategyCatalog.Names;
}
