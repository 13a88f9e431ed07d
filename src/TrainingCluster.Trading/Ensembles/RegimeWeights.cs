using System.Collections.Immutable;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Strategies.AtrBreakout;
using TrainingCluster.Trading.Strategies.RsiMeanReversion;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// How much of the ensemble each strategy gets in a regime. Breakout and mean reversion have shares of their
/// own: trending .50/.20, ranging .20/.50, volatile .40/.40, choppy .10/.60. All others share the remainder
/// equally, so that momentum alone beside them gets .30/.30/.20/.30. Without others the two are scaled up to
/// 1.
/// </summary>
public static class RegimeWeights
{
    /// <returns>One weight a strategy, in their order: none below 0, sum 1.</returns>
    /// <exception cref="ArgumentException">There is no strategy, or one twice.</exception>
    public static ImmutableArray<double> For(MarketRegime regime, ImmutableArray<string> strategies)
    {
        Require(strategies);

        var shares = strategies.Select(name => Share(regime, name)).ToArray();
        var given = shares.Sum(share => share ?? 0);
        var others = shares.Count(share => share is null);
        return others == 0
            ? [.. shares.Select(share => share!.Value / given)]
            : [.. shares.Select(share => share ?? (1 - given) / others)];
    }

    internal static void Require(ImmutableArray<string> strategies)
    {
        if (strategies.IsDefaultOrEmpty)
        {
            throw new ArgumentException("an ensemble needs at least one strategy", nameof(strategies));
        }

        if (strategies.Distinct(StringComparer.Ordinal).Count() != strategies.Length)
        {
            throw new ArgumentException(
                $"each strategy may stand once in an ensemble: {string.Join(", ", strategies)}",
                nameof(strategies));
        }
    }

    private static double? Share(MarketRegime regime, string strategy) => (strategy, regime) switch
    {
        (AtrBreakoutRule.RuleName, MarketRegime.Trending) => 0.5,
        (AtrBreakoutRule.RuleName, MarketRegime.Ranging) => 0.2,
        (AtrBreakoutRule.RuleName, MarketRegime.Volatile) => 0.4,
        (AtrBreakoutRule.RuleName, MarketRegime.Choppy) => 0.1,
        (RsiMeanReversionRule.RuleName, MarketRegime.Trending) => 0.2,
        (RsiMeanReversionRule.RuleName, MarketRegime.Ranging) => 0.5,
        (RsiMeanReversionRule.RuleName, MarketRegime.Volatile) => 0.4,
        (RsiMeanReversionRule.RuleName, MarketRegime.Choppy) => 0.6,
        _ => null,
    };
}
