using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>Splits a result by the kind of market it was earned in.</summary>
public static class RegimesOfResult
{
    /// <summary>Fewer bars than this make poor thresholds.</summary>
    private const int LeastFit = 100;

    /// <summary>
    /// Thresholds come from the bars before the result's window; where those are too few, from the window itself,
    /// which describes it and is nothing that could have been traded on.
    /// </summary>
    public static Computed<IReadOnlyList<RegimeResult>> Measure(BacktestResult result, BarSeries bars)
    {
        var before = result.Window.Start >= LeastFit;
        var end = before ? result.Window.Start : result.Window.End;
        return end < LeastFit
            ? Computed.Not<IReadOnlyList<RegimeResult>>(
                $"{end} bars; telling regimes apart needs at least {LeastFit}")
            : Computed.Of<IReadOnlyList<RegimeResult>>(RegimeResult.Of(
                result, RegimeDetector.Fit(bars, new IndexRange(0, end)).Detect(bars)));
    }
}
