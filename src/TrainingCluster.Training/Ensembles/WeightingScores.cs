using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Ensembles;

/// <summary>What one way of weighing an ensemble's members earned on the test bars, net of costs.</summary>
/// <param name="Sharpe">A year; null where undefined.</param>
/// <param name="TotalReturn">Compounded, less 1.</param>
/// <param name="MaxDrawdown">Worst fall, in [0, 1].</param>
/// <param name="RangingSharpe">A year, of the decisions in ranging markets alone.</param>
/// <param name="RangingReturn">Of those decisions.</param>
/// <param name="RangingMaxDrawdown">Of the equity made of those decisions.</param>
public sealed record WeightingOutcome(
    double? Sharpe,
    double? TotalReturn,
    double? MaxDrawdown,
    double? RangingSharpe,
    double? RangingReturn,
    double? RangingMaxDrawdown);

/// <summary>
/// Weights by regime and performance against equal weights: the same members, bars and costs. Kept among the scores
/// of an ensemble's evaluation, those of equal weights under <c>equal_weights_…</c>.
/// </summary>
/// <param name="Dynamic">By regime and closed trades.</param>
/// <param name="Equal">The same weight for all at all times.</param>
/// <param name="RangingBars">Test bars in a ranging market, of all symbols; each symbol is in a regime of its own, see
/// <see cref="PanelRegimes"/>.</param>
/// <param name="PValue">Of "both have one Sharpe ratio", by Ledoit and Wolf; null where it could not be
/// tested.</param>
public sealed record WeightingScores(WeightingOutcome Dynamic, WeightingOutcome Equal, int? RangingBars, double? PValue)
{
    private const string OfEqual = "equal_weights_";
    private const string OfDynamic = "regime_weights_";
    private const string PName = "weighting_p";
    private const string RangingBarsName = "ranging_bars";

    /// <param name="weighted">The members under dynamic weights.</param>
    /// <param name="equal">The same on the same bars under equal ones.</param>
    /// <param name="panel">The markets.</param>
    /// <param name="regimes">By symbol, one a bar of it.</param>
    public static WeightingScores Of(
        PanelResult weighted, PanelResult equal, BarPanel panel, ImmutableArray<ImmutableArray<MarketRegime>> regimes)
    {
        RegimeResult Ranging(PanelResult result) =>
            PanelRegimes.Of(result, panel, regimes)[(int)MarketRegime.Ranging];
        var annualise = Math.Sqrt(panel.BarsPerYear);
        var ranging = Ranging(weighted);
        return new WeightingScores(
            Outcome(weighted.Account, ranging, annualise),
            Outcome(equal.Account, Ranging(equal), annualise),
            ranging.Bars,
            SharpeDifference.LedoitWolf(
                weighted.Account.Returns.AsSpan(), equal.Account.Returns.AsSpan())?.PValue);
    }

    /// <summary>Those of an ensemble's evaluation; null where it has none.</summary>
    public static WeightingScores? Read(JobEvaluation evaluation)
    {
        double? Score(string name) => evaluation.Scores.GetValueOrDefault(name);
        WeightingOutcome Of(string prefix) => new(
            Score(prefix + "sharpe"), Score(prefix + "return"), Score(prefix + "max_drawdown"),
            Score(prefix + "ranging_sharpe"), Score(prefix + "ranging_return"),
            Score(prefix + "ranging_max_drawdown"));
        return evaluation.Scores.ContainsKey(OfDynamic + "sharpe")
            ? new WeightingScores(Of(OfDynamic), Of(OfEqual), (int?)Score(RangingBarsName), Score(PName))
            : null;
    }

    /// <summary>By name, as the evaluation keeps them.</summary>
    public IEnumerable<KeyValuePair<string, double?>> ToScores() =>
    [
        .. Named(OfDynamic, Dynamic),
        .. Named(OfEqual, Equal),
        new("ranging_sharpe", Dynamic.RangingSharpe),
        new(RangingBarsName, RangingBars),
        new(PName, PValue),
    ];

    private static IEnumerable<KeyValuePair<string, double?>> Named(string prefix, WeightingOutcome outcome) =>
    [
        new(prefix + "sharpe", outcome.Sharpe),
        new(prefix + "return", outcome.TotalReturn),
        new(prefix + "max_drawdown", outcome.MaxDrawdown),
        new(prefix + "ranging_sharpe", outcome.RangingSharpe),
        new(prefix + "ranging_return", outcome.RangingReturn),
        new(prefix + "ranging_max_drawdown", outcome.RangingMaxDrawdown),
    ];

    private static WeightingOutcome Outcome(BacktestResult result, RegimeResult ranging, double annualise)
    {
        var known = ranging.Bars > 0 ? ranging : null;
        return new WeightingOutcome(
            SharpeStatistics.Sharpe(result.Returns.AsSpan()).Value * annualise,
            result.Equity[^1] - 1,
            Drawdown.Worst(result.Equity.AsSpan()).Ratio,
            known?.SharpePerBar.Value * annualise,
            known?.TotalReturnRatio,
            known?.MaxDrawdownRatio);
    }
}
