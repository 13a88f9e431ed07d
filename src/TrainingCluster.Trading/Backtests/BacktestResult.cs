using System.Collections.Immutable;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Trading.Backtests;

/// <summary>What positions earned over a window, net of costs.</summary>
/// <param name="Window">The decision bars that were used; shorter than asked where the series ends
/// earlier.</param>
/// <param name="Returns">[bar] net simple return of each decision in the window.</param>
/// <param name="Equity">[bar + 1] starts at 1; the value after each decision's return.</param>
/// <param name="Positions">[bar] the position of each decision, in [−1, 1].</param>
/// <param name="Trades">In order of entry; the last may be open.</param>
/// <param name="Turnover">Σ |change of position|, the entry included, no exit at the window's end.</param>
public sealed record BacktestResult(
    IndexRange Window,
    ImmutableArray<double> Returns,
    ImmutableArray<double> Equity,
    ImmutableArray<double> Positions,
    ImmutableArray<Trade> Trades,
    double Turnover);
