using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Synthetic;

/// <summary>Several generated markets whose returns move together.</summary>
public static class SyntheticMarkets
{
    /// <param name="markets">Symbols all different; as many bars each.</param>
    /// <param name="correlation">Of any two markets' noise, in [0, 1): all follow one factor, as strongly. Returns
    /// that a signal foretells, fat tails and jumps are each market's own and lower it.</param>
    /// <param name="seed">Same seed, same bytes; a market's own noise depends on its symbol alone.</param>
    /// <exception cref="ArgumentException">Symbols repeat, lengths differ, or a value is out of range.</exception>
    public static ImmutableArray<BarSeries> Generate(
        ImmutableArray<SyntheticMarketOptions> markets, double correlation, Seed seed)
    {
        if (!(correlation is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(correlation), correlation, "the correlation must be at least 0 and below 1");
        }

        if (markets.IsDefaultOrEmpty || markets.Select(market => market.Symbol).Distinct().Count() != markets.Length
            || markets.Any(market => market.Bars != markets[0].Bars))
        {
            throw new ArgumentException(
                "markets that move together need different symbols and as many bars each", nameof(markets));
        }

        foreach (var market in markets)
        {
            market.Validate();
        }

        var stream = seed.For("common").Stream();
        var common = new double[markets[0].Bars];
        for (var t = 0; t < common.Length; t++)
        {
            common[t] = stream.NextGaussian();
        }

        return
        [
            .. markets.Select(market => SyntheticMarket.Generate(
                market, seed.For($"market/{market.Symbol}"), common, Math.Sqrt(correlation))),
        ];
    }
}
