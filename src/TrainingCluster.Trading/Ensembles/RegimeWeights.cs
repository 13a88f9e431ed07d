using System.Collections.Immutable;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Strategies.AtrBreakout;
using TrainingCluster.Trading.Strategies.RsiMeanReversion;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// How much of the ensemble each strategy gets in a regime. Breakout and mean reversion have shares of their
/// own: trending .50/.20, ranging .20/.50, volatile .40/.40, choppy .10/.60. All others share the remainder
/// equally, so that momentum alone beside them gets .30/.30/.20/.30. Without others the two are scaled up to
/// 1. Several members of one strategy (its hybrids with different agents) share what the strategy gets equally.
/// </summary>
public static class RegimeWeights
{
    /// <param name="strategies">The members' strategies.</param>
    /// <returns>One weight a member, in their order: none below 0, sum 1.</returns>
    /// <exception cref="ArgumentException">There is no strategy.</exception>
    public static ImmutableArray<double> For(MarketRegime regime, ImmutableArray<string> strategies)
    {
        Require(strategies);

        var members = strategies.CountBy(name => name, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var shares = members.Keys.ToDictionary(name => name, name => Share(regime, name), StringComparer.Ordinal);
        var given = strategies.Distinct(StringComparer.Ordinal).Sum(name => shares[name] ?? 0);
        var others = shares.Values.Count(share => share is null);
        return
        [
            .. strategies.Select(name => (others == 0 ? shares[name]!.Value / given
                : shares[name] ?? (1 - given) / others) / members[name]),
        ];
    }

    internal static void Require(ImmutableArray<string> strategies)
    {
        if (strategies.IsDefaultOrEmpty)
        {
            throw new ArgumentException("an ensemble needs at least one strategy", nameof(strategies));
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
