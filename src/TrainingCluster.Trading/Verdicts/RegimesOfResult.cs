using System.Collections.Immutable;
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
    public static Computed<IReadOnlyList<RegimeResult>> Measure(BacktestResult result, BarSeries bars) =>
        FitEnd(result) is var end && end < LeastFit
            ? TooFew(end)
            : Computed.Of<IReadOnlyList<RegimeResult>>(RegimeResult.Of(result, Detected(bars, end)));

    /// <summary>Of several symbols as one account; see <see cref="PanelRegimes"/>.</summary>
    public static Computed<IReadOnlyList<RegimeResult>> Measure(PanelResult result, BarPanel panel)
    {
        int[] ends = [.. result.Symbols.Select(FitEnd)];
        return ends.Min() < LeastFit
            ? TooFew(ends.Min())
            : Computed.Of<IReadOnlyList<RegimeResult>>(PanelRegimes.Of(
                result, panel, [.. panel.Symbols.Zip(ends, Detected)]));
    }

    private static int FitEnd(BacktestResult result) =>
        result.Window.Start >= LeastFit ? result.Window.Start : result.Window.End;

    private static ImmutableArray<MarketRegime> Detected(BarSeries bars, int end) =>
        RegimeDetector.Fit(bars, new IndexRange(0, end)).Detect(bars);

    private static Computed<IReadOnlyList<RegimeResult>> TooFew(int bars) =>
        Computed.Not<IReadOnlyList<RegimeResult>>(
            $"{bars} bars; telling regimes apart needs at least {LeastFit}");
}
