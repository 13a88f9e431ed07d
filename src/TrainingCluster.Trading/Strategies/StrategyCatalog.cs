using System.Collections.Immutable;
using TrainingCluster.Trading.Strategies.AtrBreakout;
using TrainingCluster.Trading.Strategies.MacdMomentum;
using TrainingCluster.Trading.Strategies.RsiMeanReversion;

namespace TrainingCluster.Trading.Strategies;

/// <summary>The strategies that exist, with their default settings.</summary>
public static class StrategyCatalog
{
    private static readonly ImmutableArray<IStrategyRule> Rules =
        [new AtrBreakoutRule(), new RsiMeanReversionRule(), new MacdMomentumRule()];

    /// <summary>In a fixed order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Rules.Select(rule => rule.Name)];

    /// <exception cref="UnknownStrategyException">No strategy has that name; the message lists those that
    /// exist.</exception>
    public static IStrategyRule Get(string name) =>
        Rules.FirstOrDefault(rule => rule.Name == name) ?? throw new UnknownStrategyException(name, Names);
}
