using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// Two ways of weighing the same members, on the same bars and net of the same costs: whether the weights earn what
/// their turnover costs.
/// </summary>
/// <param name="First">Usually the dynamic weights.</param>
/// <param name="Second">Usually equal weights.</param>
/// <param name="Difference">Of the Sharpe ratios per bar, first less second; null where one has none.</param>
public sealed record EnsembleComparison(
    EnsembleOutcome First, EnsembleOutcome Second, SharpeDifference? Difference)
{
    /// <summary>Backtests the same members under two weightings.</summary>
    /// <param name="bars">The market.</param>
    /// <param name="strategies">The members' names.</param>
    /// <param name="regimes">One a bar.</param>
    /// <param name="memberPositions">One array a strategy, with one position a bar.</param>
    /// <param name="walked">The bars blended: a track record is gathered from their start.</param>
    /// <param name="scored">The bars compared, inside those walked.</param>
    /// <param name="costs">Fees.</param>
    public static EnsembleComparison DynamicAgainstEqual(
        BarSeries bars,
        ImmutableArray<string> strategies,
        ImmutableArray<MarketRegime> regimes,
        IReadOnlyList<double[]> memberPositions,
        IndexRange walked,
        IndexRange scored,
        CostModel costs)
    {
        var (first, second) = (Outcome(EnsembleWeighting.RegimeAndPerformance), Outcome(EnsembleWeighting.Equal));
        return new EnsembleComparison(
            first, second,
            SharpeDifference.LedoitWolf(first.Backtest.Returns.AsSpan(), second.Backtest.Returns.AsSpan()));

        EnsembleOutcome Outcome(EnsembleWeighting weighting)
        {
            var track = DynamicEnsemble.Blend(bars, strategies, regimes, memberPositions, walked, costs, weighting);
            return EnsembleOutcome.Of(Backtest.Run(bars, track.Positions.AsSpan(), scored, costs), regimes);
        }
    }
}

/// <summary>What one weighting earned.</summary>
/// <param name="Backtest">Bar by bar.</param>
/// <param name="SharpePerBar">Over all bars.</param>
/// <param name="MaxDrawdownRatio">Worst fall, in [0, 1].</param>
/// <param name="ByRegime">The same in each kind of market.</param>
public sealed record EnsembleOutcome(
    BacktestResult Backtest, Estimate SharpePerBar, double MaxDrawdownRatio, ImmutableArray<RegimeResult> ByRegime)
{
    public static EnsembleOutcome Of(BacktestResult backtest, ImmutableArray<MarketRegime> regimes) => new(
        backtest,
        SharpeStatistics.Sharpe(backtest.Returns.AsSpan()),
        Drawdown.Worst(backtest.Equity.AsSpan()).Ratio,
        RegimeResult.Of(backtest, regimes));

    public RegimeResult In(MarketRegime regime) => ByRegime[(int)regime];
}
