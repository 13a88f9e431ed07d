using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Regimes;

/// <summary>
/// What several symbols as one account earned in each kind of market. Every symbol is in a regime of its own: at a
/// moment a regime earns the shares of those symbols that are in it, so that the regimes' returns of a moment add up to
/// the account's. Moments without such a symbol are left out of the regime.
/// </summary>
public static class PanelRegimes
{
    /// <param name="result">The backtest.</param>
    /// <param name="panel">Its markets.</param>
    /// <param name="regimes">By symbol, one a bar of the symbol's whole series.</param>
    /// <returns>One a regime, in the order of the enumeration; <see cref="RegimeResult.Bars"/> counts decisions of all
    /// symbols. Of one symbol the same as <see cref="RegimeResult.Of(BacktestResult,
    /// ImmutableArray{MarketRegime})"/>.</returns>
    public static ImmutableArray<RegimeResult> Of(
        PanelResult result, BarPanel panel, ImmutableArray<ImmutableArray<MarketRegime>> regimes)
    {
        if (regimes.Length != panel.Symbols.Length || result.Symbols.Length != regimes.Length)
        {
            throw new ArgumentException(
                $"there are regimes of {regimes.Length} and results of {result.Symbols.Length} symbols for "
                + $"{panel.Symbols.Length}; there must be both of each", nameof(regimes));
        }

        return panel.IsSingle
            ? RegimeResult.Of(result.Account, regimes[0])
            : [.. Enum.GetValues<MarketRegime>().Select(regime => Of(result, panel, regimes, regime))];
    }

    private static RegimeResult Of(
        PanelResult result, BarPanel panel, ImmutableArray<ImmutableArray<MarketRegime>> regimes, MarketRegime regime)
    {
        var (earned, occurs) = (new double[result.Times.Length], new bool[result.Times.Length]);
        var (within, all) = (0, 0);
        var trades = new List<Trade>();
        for (var k = 0; k < regimes.Length; k++)
        {
            var own = result.Symbols[k];
            var times = panel.Symbols[k].Times;
            all += own.Returns.Length;
            var moment = 0;
            for (var i = 0; i < own.Returns.Length; i++)
            {
                var bar = own.Window.Start + i;
                if (regimes[k][bar] != regime)
                {
                    continue;
                }

                // Both ascend, and every stamp of a decision is a moment.
                while (result.Times[moment] < times[bar])
                {
                    moment++;
                }

                earned[moment] += own.Returns[i] / regimes.Length;
                occurs[moment] = true;
                within++;
            }

            trades.AddRange(own.Trades.Where(
                trade => regimes[k][trade.EntryBar - MarketSimulator.FillBar(0)] == regime));
        }

        return RegimeResult.Of(regime, [.. earned.Where((_, i) => occurs[i])], (within, all), trades);
    }
}
