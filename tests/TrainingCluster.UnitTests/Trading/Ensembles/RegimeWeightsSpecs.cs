using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.UnitTests.Trading.Ensembles;

public sealed class RegimeWeightsSpecs
{
    private static readonly Within Close = new(1e-15);

    [Theory]
    [InlineData(MarketRegime.Trending, 0.5, 0.2, 0.3)]
    [InlineData(MarketRegime.Ranging, 0.2, 0.5, 0.3)]
    [InlineData(MarketRegime.Volatile, 0.4, 0.4, 0.2)]
    [InlineData(MarketRegime.Choppy, 0.1, 0.6, 0.3)]
    public void The_table_of_the_three_strategies(
        MarketRegime regime, double breakout, double reversion, double momentum)
    {
        Assert.Equal(
            [breakout, reversion, momentum],
            RegimeWeights.For(regime, ["atr_breakout", "rsi_mean_reversion", "macd_momentum"]),
            Close);
        Assert.Equal(
            [momentum, breakout, reversion],
            RegimeWeights.For(regime, ["macd_momentum", "atr_breakout", "rsi_mean_reversion"]),
            Close);
    }

    [Fact]
    public void Strategies_the_table_does_not_name_share_the_remainder_equally()
    {
        Assert.Equal(
            [0.5, 0.2, 0.15, 0.15],
            RegimeWeights.For(MarketRegime.Trending,
                ["atr_breakout", "rsi_mean_reversion", "macd_momentum", "donchian"]),
            Close);
        Assert.Equal(
            [0.1, 0.9], RegimeWeights.For(MarketRegime.Choppy, ["atr_breakout", "macd_momentum"]), Close);
        Assert.Equal(
            [0.5, 0.5], RegimeWeights.For(MarketRegime.Choppy, ["macd_momentum", "donchian"]), Close);
    }

    [Fact]
    public void Named_strategies_without_others_are_scaled_up_to_one()
    {
        Assert.Equal(
            [5.0 / 7, 2.0 / 7],
            RegimeWeights.For(MarketRegime.Trending, ["atr_breakout", "rsi_mean_reversion"]),
            Close);
        Assert.Equal([1.0], RegimeWeights.For(MarketRegime.Choppy, ["atr_breakout"]), Close);
    }

    [Fact]
    public void Whatever_the_strategies_no_weight_is_negative_and_they_sum_to_one()
    {
        string[] all = ["atr_breakout", "rsi_mean_reversion", "macd_momentum", "a", "b"];
        for (var subset = 1; subset < 1 << all.Length; subset++)
        {
            var chosen = all.Where((_, i) => (subset >> i & 1) == 1).ToArray();
            foreach (var regime in Enum.GetValues<MarketRegime>())
            {
                var weights = RegimeWeights.For(regime, [.. chosen]);

                Assert.Equal(1, weights.Sum(), 1e-12);
                Assert.All(weights, weight => Assert.True(weight >= 0));
            }
        }
    }

    [Fact]
    public void No_strategy_is_refused() =>
        Assert.Throws<ArgumentException>(() => RegimeWeights.For(MarketRegime.Choppy, []));

    [Fact]
    public void Several_members_of_a_strategy_share_what_it_gets()
    {
        var once = RegimeWeights.For(MarketRegime.Trending, ["atr_breakout", "macd_momentum", "rsi_mean_reversion"]);

        var shared = RegimeWeights.For(
            MarketRegime.Trending,
            ["atr_breakout", "macd_momentum", "atr_breakout", "rsi_mean_reversion", "macd_momentum", "macd_momentum"]);

        double[] expected = [once[0] / 2, once[1] / 3, once[0] / 2, once[2], once[1] / 3, once[1] / 3];
        Assert.Equal(expected, shared);
        Assert.Equal(1, shared.Sum(), 1e-12);
    }
}
