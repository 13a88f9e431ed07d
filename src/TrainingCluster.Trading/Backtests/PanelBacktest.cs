using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Backtests;

/// <summary>Positions on several symbols, each by itself and all as one account.</summary>
/// <param name="Symbols">By symbol of the panel.</param>
/// <param name="Account">Over all symbols; its bars are indices of <paramref name="Times"/>. Of one symbol its own
/// result.</param>
/// <param name="Times">The moments of the account's decisions, Unix milliseconds UTC.</param>
public sealed record PanelResult(
    ImmutableArray<BacktestResult> Symbols, BacktestResult Account, ImmutableArray<long> Times);

/// <summary>
/// Walks positions on several symbols through the market simulator. The account gives every symbol the same share of
/// its equity, restored at every moment without costs, as the simulator keeps a position's share constant: its return
/// at a moment is the sum of what the decisions of that moment earn, divided by the number of symbols.
/// </summary>
public static class PanelBacktest
{
    /// <param name="panel">The markets.</param>
    /// <param name="positions">One a row of the panel; only the windows are read.</param>
    /// <param name="windows">By symbol the decision bars, in bars of the symbol.</param>
    /// <param name="costs">Fees, spread, slippage, borrowing.</param>
    /// <param name="fill">Where decisions fill.</param>
    public static PanelResult Run(
        BarPanel panel,
        ReadOnlySpan<double> positions,
        ImmutableArray<IndexRange> windows,
        CostModel costs,
        FillRule fill = FillRule.NextOpen)
    {
        if (positions.Length != panel.Count || windows.Length != panel.Symbols.Length)
        {
            throw new ArgumentException(
                $"there are {positions.Length} positions and {windows.Length} windows for {panel.Count} bars of "
                + $"{panel.Symbols.Length} symbols; there must be one for each");
        }

        var symbols = ImmutableArray.CreateBuilder<BacktestResult>(windows.Length);
        for (var k = 0; k < windows.Length; k++)
        {
            var bars = panel.Symbols[k];
            symbols.Add(Backtest.Run(bars, positions.Slice(panel.Starts[k], bars.Count), windows[k], costs, fill));
        }

        var results = symbols.MoveToImmutable();
        if (panel.IsSingle)
        {
            var used = results[0].Window;
            return new PanelResult(results, results[0], [.. panel.Symbols[0].Times[used.Start..used.End]]);
        }

        var times = Moments(panel, results);
        return new PanelResult(
            results, Account(panel, results, times), ImmutableCollectionsMarshal.AsImmutableArray(times));
    }

    private static BacktestResult Account(BarPanel panel, ImmutableArray<BacktestResult> results, long[] times)
    {
        var returns = new double[times.Length];
        var held = new double[times.Length];
        for (var k = 0; k < results.Length; k++)
        {
            Add(panel.Symbols[k].Times, results[k], times, returns, held, 1.0 / results.Length);
        }

        var equity = new double[times.Length + 1];
        equity[0] = 1;
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] = Math.Max(-1, returns[i]);
            equity[i + 1] = equity[i] * (1 + returns[i]);
        }

        return new BacktestResult(
            new IndexRange(0, times.Length),
            ImmutableCollectionsMarshal.AsImmutableArray(returns),
            ImmutableCollectionsMarshal.AsImmutableArray(equity),
            ImmutableCollectionsMarshal.AsImmutableArray(held),
            Trades(panel, results, times),
            results.Sum(result => result.Turnover) / results.Length);
    }

    /// <summary>Adds one symbol's share; what it holds stays held at moments without a bar of it.</summary>
    private static void Add(
        ReadOnlySpan<long> own, BacktestResult result, long[] times, double[] returns, double[] held, double share)
    {
        var next = 0;
        var position = 0.0;
        for (var i = 0; i < times.Length; i++)
        {
            if (next < result.Returns.Length && own[result.Window.Start + next] == times[i])
            {
                returns[i] += share * result.Returns[next];
                position = result.Positions[next];
                next++;
            }

            held[i] += share * Math.Abs(position);
        }
    }

    private static ImmutableArray<Trade> Trades(
        BarPanel panel, ImmutableArray<BacktestResult> results, long[] times)
    {
        var trades = new List<Trade>();
        for (var k = 0; k < results.Length; k++)
        {
            foreach (var trade in results[k].Trades)
            {
                trades.Add(trade with
                {
                    EntryBar = Moment(panel.Symbols[k].Times[trade.EntryBar]),
                    ExitBar = Moment(panel.Symbols[k].Times[trade.ExitBar]),
                });
            }
        }

        return [.. trades.OrderBy(trade => trade.EntryBar)];

        int Moment(long time)
        {
            var found = Array.BinarySearch(times, time);
            return Math.Min(found >= 0 ? found : ~found, times.Length - 1);
        }
    }

    private static long[] Moments(BarPanel panel, ImmutableArray<BacktestResult> results)
    {
        var all = new List<long>();
        for (var k = 0; k < results.Length; k++)
        {
            all.AddRange(panel.Symbols[k].Times[results[k].Window.Start..results[k].Window.End]);
        }

        all.Sort();
        return [.. all.Distinct()];
    }
}
