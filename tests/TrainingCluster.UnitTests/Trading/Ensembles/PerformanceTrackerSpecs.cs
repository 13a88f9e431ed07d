using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Ensembles;

namespace TrainingCluster.UnitTests.Trading.Ensembles;

public sealed class PerformanceTrackerSpecs
{
    [Fact]
    public void A_hand_table_of_trades()
    {
        var performance = Tracked(20, 0.1, -0.05, 0.2, -0.1, -0.1);

        Assert.Equal(5, performance.Trades);
        Assert.Equal(0.4, performance.WinRate!.Value, 1e-15);
        Assert.Equal(0.3 / 0.25, performance.ProfitFactor!.Value, 1e-14);
        Assert.Equal(1 - 0.9 * 0.9, performance.MaxDrawdownRatio, 1e-14);
        Assert.Equal(2, performance.LosingStreak);

        // Mean .01; deviations .09, -.06, .19, -.11, -.11.
        var squares = 0.0081 + 0.0036 + 0.0361 + 2 * 0.0121;
        Assert.Equal(0.01 / Math.Sqrt(squares / 4), performance.SharpePerTrade!.Value, 1e-13);
    }

    [Fact]
    public void Only_the_last_trades_of_the_window_are_measured_but_every_trade_is_kept()
    {
        var tracker = new PerformanceTracker(windowTrades: 2);
        foreach (var value in new[] { -0.5, -0.5, 0.1, 0.2 })
        {
            tracker.Record(Closed(value));
        }

        var performance = tracker.Measure();

        Assert.Equal(4, tracker.Trades.Count);
        Assert.Equal(2, performance.Trades);
        Assert.Equal(1, performance.WinRate);
        Assert.True(performance.ProfitFactorIsInfinite);
        Assert.Null(performance.ProfitFactor);
        Assert.Equal(0, performance.MaxDrawdownRatio);
    }

    [Fact]
    public void A_losing_streak_may_be_longer_than_the_window_and_ends_at_a_trade_that_does_not_lose()
    {
        Assert.Equal(4, Tracked(2, -0.1, -0.1, -0.1, -0.1).LosingStreak);
        Assert.Equal(0, Tracked(2, -0.1, -0.1, 0).LosingStreak);
    }

    [Fact]
    public void An_open_trade_is_refused()
    {
        var tracker = new PerformanceTracker();

        var error = Assert.Throws<ArgumentException>(
            () => tracker.Record(new Trade(17, 30, 1, 0.1, IsClosed: false)));

        Assert.Contains("bar 17", error.Message);
        Assert.Empty(tracker.Trades);
    }

    [Fact]
    public void Without_trades_nothing_is_known()
    {
        Assert.Equal(TrackedPerformance.None, new PerformanceTracker().Measure());
    }

    [Fact]
    public void Adjustments_of_a_hand_table()
    {
        var adjustment = PerformanceAdjustment.Of(
            new TrackedPerformance(10, 0.6, 1.4, false, 0.2, MaxDrawdownRatio: 0.1, LosingStreak: 4));

        Assert.Equal(1.1, adjustment.WinRate, 1e-15);
        Assert.Equal(1.2, adjustment.ProfitFactor, 1e-15);
        Assert.Equal(0.8, adjustment.Drawdown, 1e-15);
        Assert.Equal(0.64, adjustment.LosingStreak, 1e-15);
        Assert.Equal(1.1 * 1.2 * 0.8 * 0.64, adjustment.Factor, 1e-14);
    }

    [Fact]
    public void Few_trades_are_not_held_for_or_against_a_strategy_but_a_drawdown_is()
    {
        var few = new TrackedPerformance(4, 0, 0, false, null, MaxDrawdownRatio: 0.1, LosingStreak: 1);

        Assert.Equal(PerformanceAdjustment.Neutral with { Drawdown = 0.8 }, PerformanceAdjustment.Of(few));
        Assert.Equal(PerformanceAdjustment.Neutral, PerformanceAdjustment.Of(TrackedPerformance.None));
    }

    [Fact]
    public void The_factor_stays_within_its_bounds()
    {
        var worst = new TrackedPerformance(50, 0, 0, false, -3, 1, 50);
        var best = new TrackedPerformance(50, 1, null, true, 3, 0, 0);

        Assert.Equal(PerformanceAdjustment.Lowest, PerformanceAdjustment.Of(worst).Factor);
        Assert.Equal(PerformanceAdjustment.Highest, PerformanceAdjustment.Of(best).Factor);
    }

    [Fact]
    public void Each_factor_moves_the_right_way()
    {
        var middle = new TrackedPerformance(20, 0.5, 1, false, 0, 0.1, 3);
        static double Factor(TrackedPerformance p) => PerformanceAdjustment.Of(p).Factor;

        Assert.True(Factor(middle with { WinRate = 0.6 }) > Factor(middle));
        Assert.True(Factor(middle with { ProfitFactor = 1.5 }) > Factor(middle));
        Assert.True(Factor(middle with { MaxDrawdownRatio = 0.2 }) < Factor(middle));
        Assert.True(Factor(middle with { LosingStreak = 4 }) < Factor(middle));
    }

    private static TrackedPerformance Tracked(int window, params double[] returns)
    {
        var tracker = new PerformanceTracker(window);
        foreach (var value in returns)
        {
            tracker.Record(Closed(value));
        }

        return tracker.Measure();
    }

    private static Trade Closed(double netReturn) => new(1, 2, 1, netReturn, IsClosed: true);
}
