using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Training.Leaderboards;

/// <summary>What one competitor's figures are worth, of all symbols as one account or of one of them.</summary>
/// <param name="panel">The markets.</param>
/// <param name="open">The competitor at the costs given.</param>
/// <param name="atCosts">The same at each of <see cref="CostSensitivity.Factors"/>.</param>
internal sealed class RowEvidence(BarPanel panel, PanelResult open, ImmutableArray<PanelResult> atCosts)
{
    /// <summary>Before the trials are known.</summary>
    /// <param name="symbol">Null: the account.</param>
    /// <param name="metrics">Of the same result.</param>
    public Evidence Of(int? symbol, PerformanceMetrics metrics)
    {
        var bars = symbol is { } k ? panel.Symbols[k] : panel.IsSingle ? panel.Symbols[0] : null;
        var result = Pick(open, symbol);
        var perYear = bars?.BarsPerYear ?? panel.BarsPerYear;
        var times = bars is null ? open.Times.AsSpan() : bars.Times[result.Window.Start..result.Window.End];
        return Evidence.Of(result, metrics, perYear, times, new TrialPopulation(0, null)) with
        {
            Costs = Computed.Of<IReadOnlyList<CostSensitivity>>(
            [
                .. CostSensitivity.Factors.Zip(atCosts, (factor, at) => new CostSensitivity(
                    factor, Performance.WithoutInterval(Pick(at, symbol), perYear))),
            ]),
            Capacity = bars is null ? Capacity.Of(open, panel) : Capacity.Of(result, bars),
            Regimes = bars is null
                ? RegimesOfResult.Measure(open, panel)
                : RegimesOfResult.Measure(result, bars),
        };
    }

    private static BacktestResult Pick(PanelResult result, int? symbol) =>
        symbol is { } k ? result.Symbols[k] : result.Account;
}
