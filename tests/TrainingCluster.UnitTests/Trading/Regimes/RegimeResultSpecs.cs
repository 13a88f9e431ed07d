using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Regimes;

public sealed class RegimeResultSpecs
{
    [Fact]
    public void Bars_and_returns_are_shared_out_among_the_regimes_and_nothing_is_lost()
    {
        var bars = HandBars.Synthetic(900, regimes: true);
        var regimes = RegimeDetector.Fit(bars, new IndexRange(0, 500)).Detect(bars);
        var positions = Enumerable.Range(0, 900).Select(t => t / 5 % 3 - 1.0).ToArray();
        var result = Backtest.Run(bars, positions, new IndexRange(500, 900), new CostModel());

        var rows = RegimeResult.Of(result, regimes);

        Assert.Equal(Enum.GetValues<MarketRegime>(), rows.Select(row => row.Regime));
        Assert.Equal(result.Returns.Length, rows.Sum(row => row.Bars));
        Assert.Equal(1, rows.Sum(row => row.Share), 1e-12);
        Assert.Equal(result.Trades.Length, rows.Sum(row => row.Trades));
        Assert.Equal(
            result.Equity[^1], rows.Aggregate(1.0, (growth, row) => growth * (1 + row.TotalReturnRatio)), 1e-9);
    }

    [Fact]
    public void A_regime_that_never_came_has_no_sharpe_and_no_win_rate()
    {
        var bars = HandBars.Synthetic(50);
        var regimes = Enumerable.Repeat(MarketRegime.Choppy, 50).ToImmutableArray();
        var result = Backtest.Run(bars, new double[50], new IndexRange(0, 50), new CostModel());

        var trending = RegimeResult.Of(result, regimes)[0];

        Assert.Equal((MarketRegime.Trending, 0, 0.0), (trending.Regime, trending.Bars, trending.MaxDrawdownRatio));
        Assert.False(trending.SharpePerBar.IsDefined);
        Assert.Null(trending.WinRate);
    }
}
