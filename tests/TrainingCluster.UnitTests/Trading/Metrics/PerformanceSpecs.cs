using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Metrics;

public sealed class PerformanceSpecs
{
    [Fact]
    public void A_hand_table_gives_every_metric()
    {
        var result = Result(
            returns: [0.1, -0.2, 0.3, 0],
            positions: [1, -0.5, 1, 0],
            trades: [0.1, -0.2, 0.3]);

        var metrics = Performance.Measure(result, 252, new Seed(1));

        // Mean .05, deviations .05, -.25, .25, -.05; Σd² = .13.
        var perBar = 0.05 / Math.Sqrt(0.13 / 3);
        Assert.Equal(perBar, metrics.SharpePerBar!.Value, 1e-14);
        Assert.Equal(perBar * Math.Sqrt(252), metrics.SharpeRatio!.Value, 1e-13);
        Assert.Equal(1.1 * 0.8 * 1.3 - 1, metrics.TotalReturnRatio, 1e-14);
        Assert.Equal(0.2, metrics.MaxDrawdownRatio, 1e-14);
        Assert.Equal(3, metrics.Trades);
        Assert.Equal(2.0 / 3, metrics.WinRate!.Value, 1e-15);
        Assert.Equal(2, metrics.ProfitFactor!.Value, 1e-14);
        Assert.False(metrics.ProfitFactorIsInfinite);
        Assert.Equal(0.625, metrics.Exposure);
        Assert.Equal(0.05 * 252 * 10_000, metrics.AnnualReturnBasisPoints, 1e-9);
        Assert.Equal(4, metrics.Bars);
    }

    [Fact]
    public void The_interval_holds_the_ratio_and_comes_from_the_seed()
    {
        var bars = HandBars.Synthetic(400);
        var result = Backtest.Run(
            bars, Enumerable.Repeat(1.0, 400).ToArray(), new IndexRange(0, 400), new CostModel());

        var metrics = Performance.Measure(result, 252, new Seed(1));

        Assert.Null(metrics.Undefined);
        Assert.True(metrics.SharpeLow < metrics.SharpeRatio && metrics.SharpeRatio < metrics.SharpeHigh);
        Assert.InRange(metrics.SharpeHigh!.Value - metrics.SharpeLow!.Value, 2, 5);
        Assert.Equal(metrics, Performance.Measure(result, 252, new Seed(1)));
        Assert.NotEqual(metrics.SharpeLow, Performance.Measure(result, 252, new Seed(2)).SharpeLow);
    }

    [Fact]
    public void Without_losses_the_profit_factor_is_infinite_by_a_flag()
    {
        var metrics = Performance.Measure(
            Result(returns: [0.1, 0.2], positions: [1, 1], trades: [0.1, 0.2]), 252, new Seed(1));

        Assert.Null(metrics.ProfitFactor);
        Assert.True(metrics.ProfitFactorIsInfinite);
        Assert.Equal(1, metrics.WinRate);
    }

    [Fact]
    public void Doing_nothing_has_no_sharpe_and_says_why()
    {
        var metrics = Performance.Measure(
            Result(returns: [0, 0, 0], positions: [0, 0, 0], trades: []), 252, new Seed(1));

        Assert.Null(metrics.SharpeRatio);
        Assert.Null(metrics.SharpeLow);
        Assert.Contains("zero variance", metrics.Undefined);
        Assert.Null(metrics.WinRate);
        Assert.Null(metrics.ProfitFactor);
        Assert.False(metrics.ProfitFactorIsInfinite);
        Assert.Equal(0, metrics.TotalReturnRatio);
    }

    [Fact]
    public void No_bars_at_all_are_measured_without_a_sharpe()
    {
        var metrics = Performance.Measure(Result([], [], []), 252, new Seed(1));

        Assert.Equal(0, metrics.Bars);
        Assert.Contains("at least 2", metrics.Undefined);
    }

    [Fact]
    public void The_worst_drawdown_knows_where_it_was()
    {
        var drawdown = Drawdown.Worst([100, 110, 105, 120, 90, 95, 130, 117]);

        Assert.Equal(new Drawdown(0.25, Peak: 3, Trough: 4), drawdown);
        Assert.Equal(0, Drawdown.Worst([1, 2, 3]).Ratio);
        Assert.Equal(1, Drawdown.Worst([1, 0, 0]).Ratio);
        Assert.Equal(0, Drawdown.Worst([]).Ratio);
    }

    [Fact]
    public void Sortino_and_omega_meet_published_vectors()
    {
        double[] eight = [.17, .15, .23, -.05, .12, .09, .13, -.04];
        double[] twelve = [.0089, .0012, -.002, .01, -.0002, .02, .03, .01, -.003, .01, .0102, -.01];

        Assert.Equal(4.417261, RiskRatios.Sortino(eight), 1e-6);
        Assert.Equal(0.463901689, RiskRatios.Omega(twelve, 0.01), 1e-9);
        Assert.Contains("none of 2", RiskRatios.Omega([0.1, 0.2]).Undefined);
        Assert.Contains("none of 2", RiskRatios.Sortino([0.1, 0.2]).Undefined);
    }

    private static BacktestResult Result(double[] returns, double[] positions, double[] trades)
    {
        var equity = new List<double> { 1 };
        foreach (var value in returns)
        {
            equity.Add(equity[^1] * (1 + value));
        }

        return new BacktestResult(
            new IndexRange(0, returns.Length),
            [.. returns],
            [.. equity],
            [.. positions],
            [.. trades.Select((value, i) => new Trade(i + 1, i + 2, 1, value, true))],
            Turnover: 0);
    }
}
