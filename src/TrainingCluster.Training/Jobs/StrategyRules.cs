namespace TrainingCluster.Training.Jobs;

/// <summary>What a plan needs to know of the strategy rules.</summary>
internal static class StrategyRules
{
    public static ImmutableArray<string> Names { get; } = ["atr_breakout", "rsi_mean_reversion", "macd_momentum"];

    /// <summary>The rules and their numbers, as text that changes whenever a rule does.</summary>
    public static string Canonical(ImmutableArray<string> names) => string.Join(";", names);
}
