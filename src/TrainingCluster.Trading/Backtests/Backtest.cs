using System.Runtime.InteropServices;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Backtests;

/// <summary>Walks positions through the market simulator.</summary>
public static class Backtest
{
    /// <param name="bars">The market.</param>
    /// <param name="positions">One a bar, decided at its close; only the window is read, and must lie in [−1,
    /// 1].</param>
    /// <param name="window">Decision bars; flat before. Cut at the last bar whose decision earns a
    /// return.</param>
    /// <param name="costs">Fees, spread, slippage, borrowing.</param>
    /// <param name="fill">Where decisions fill.</param>
    /// <exception cref="ArgumentException">The window lies outside the bars, or a position is out of
    /// range.</exception>
    public static BacktestResult Run(
        BarSeries bars,
        ReadOnlySpan<double> positions,
        IndexRange window,
        CostModel costs,
        FillRule fill = FillRule.NextOpen)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(costs);
        Require(bars, positions, window);

        var last = MarketSimulator.LastDecisionBar(bars, fill);
        var used = new IndexRange(window.Start, Math.Max(window.Start, Math.Min(window.End, last + 1)));
        var gross = MarketSimulator.GrossReturns(bars, fill);
        var returns = GC.AllocateUninitializedArray<double>(used.Count);
        var equity = GC.AllocateUninitializedArray<double>(used.Count + 1);
        var held = positions.Slice(used.Start, used.Count).ToArray();
        var frictions = MarketFrictions.Of(bars, costs);
        var book = new TradeBook(frictions);
        var (previous, turnover) = (0.0, 0.0);
        equity[0] = 1;
        for (var i = 0; i < held.Length; i++)
        {
            var t = used.Start + i;
            returns[i] = frictions.NetReturn(t, gross[t], held[i], previous);
            equity[i + 1] = equity[i] * (1 + returns[i]);
            book.Step(t, held[i], previous, gross[t], returns[i]);
            turnover += Math.Abs(held[i] - previous);
            previous = held[i];
        }

        return new BacktestResult(
            used,
            ImmutableCollectionsMarshal.AsImmutableArray(returns),
            ImmutableCollectionsMarshal.AsImmutableArray(equity),
            ImmutableCollectionsMarshal.AsImmutableArray(held),
            book.Finish(MarketSimulator.ValuationBar(bars, used.End - 1)),
            turnover);
    }

    private static void Require(BarSeries bars, ReadOnlySpan<double> positions, IndexRange window)
    {
        if (positions.Length != bars.Count)
        {
            throw new ArgumentException(
                $"there are {positions.Length} positions for {bars.Count} bars; each bar needs one",
                nameof(positions));
        }

        if (window.Start < 0 || window.End > bars.Count || window.End < window.Start)
        {
            throw new ArgumentException(
                $"the window {window} must lie inside the bars [0, {bars.Count})", nameof(window));
        }

        for (var t = window.Start; t < window.End; t++)
        {
            if (!(Math.Abs(positions[t]) <= 1))
            {
                throw new ArgumentException(
                    $"the position at bar {t} is {positions[t]}; it must lie in [-1, 1]", nameof(positions));
            }
        }
    }
}
