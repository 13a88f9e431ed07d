using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>
/// Everything that must be known of a result before it is believed. What was not computed is undefined with its
/// reason; nothing is left blank.
/// </summary>
public sealed record Evidence
{
    private const string NotComputed = "not computed";
    private const double SkillLevel = 0.95;
    private const double WeakLevel = 0.90;

    public required int Bars { get; init; }

    public required Estimate SharpePerBar { get; init; }

    /// <summary>95 %, studentised stationary bootstrap, per bar.</summary>
    public required IntervalEstimate SharpeInterval { get; init; }

    /// <summary>By √q, and by Lo's η where returns are correlated.</summary>
    public required AnnualSharpe Annual { get; init; }

    /// <summary>PSR(0).</summary>
    public required Estimate ProbabilisticSharpe { get; init; }

    public required TrialPopulation Trials { get; init; }

    public required Estimate DeflatedSharpe { get; init; }

    /// <summary>Bars before PSR(0) reaches 95 %; to be compared with <see cref="Bars"/>.</summary>
    public required Estimate MinimumTrackRecord { get; init; }

    /// <summary>By depth and place: indices into the equity of the backtest.</summary>
    public required Drawdown WorstDrawdown { get; init; }

    public required int Trades { get; init; }

    public required double Turnover { get; init; }

    public BacktestOverfitting? Overfitting { get; init; }

    public RealityCheck? RealityCheck { get; init; }

    public SuperiorAbility? SuperiorAbility { get; init; }

    public ImmutableArray<CostSensitivity> Costs { get; init; } = [];

    public SkillVerdict Verdict =>
        DeflatedSharpe >= SkillLevel ? SkillVerdict.Skill
        : DeflatedSharpe >= WeakLevel ? SkillVerdict.Weak
        : SkillVerdict.NoEvidence;

    /// <summary>What one backtest and its trials say.</summary>
    /// <param name="result">The selected trial's.</param>
    /// <param name="barsPerYear">To annualise with.</param>
    /// <param name="trials">All that were scored on the data.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static Evidence Of(BacktestResult result, double barsPerYear, TrialPopulation trials, Seed seed)
    {
        var returns = result.Returns.AsSpan();
        var moments = Moments.Of(returns);
        var sharpe = SharpeStatistics.Sharpe(moments);
        return new Evidence
        {
            Bars = returns.Length,
            SharpePerBar = sharpe,
            SharpeInterval = Statistics.SharpeInterval.Stationary(returns, seed),
            Annual = AnnualSharpe.Of(returns, barsPerYear),
            ProbabilisticSharpe = sharpe.IsDefined
                ? SharpeStatistics.ProbabilisticSharpe(
                    sharpe, 0, moments.Count, moments.Skewness, moments.Kurtosis)
                : sharpe,
            Trials = trials,
            DeflatedSharpe = trials.DeflatedSharpe(moments),
            MinimumTrackRecord = sharpe.IsDefined
                ? SharpeStatistics.MinimumTrackRecord(sharpe, 0, moments.Skewness, moments.Kurtosis)
                : sharpe,
            WorstDrawdown = Drawdown.Worst(result.Equity.AsSpan()),
            Trades = result.Trades.Length,
            Turnover = result.Turnover,
        };
    }

    /// <summary>One line an item, for reports; figures per bar unless the name says otherwise.</summary>
    public ImmutableArray<EvidenceLine> Lines() =>
    [
        new("bars", Text(Bars)),
        new("Sharpe", SharpePerBar.ToString()),
        new("Sharpe, 95 % interval", SharpeInterval.IsDefined
            ? $"[{Text(SharpeInterval.Low.Value)}, {Text(SharpeInterval.High.Value)}]"
            : $"undefined: {SharpeInterval.Undefined}"),
        new("Sharpe a year", Annual.Plain.ToString()),
        new("Sharpe a year, adjusted for serial correlation", Annual.Adjusted.ToString()),
        new("probabilistic Sharpe", ProbabilisticSharpe.ToString()),
        new("trials", Text(Trials.Count)),
        new("effective trials", Trials.EffectiveCount is { } effective ? Text(effective) : NotComputed),
        new("threshold Sharpe", Trials.Threshold.ToString()),
        new("deflated Sharpe", DeflatedSharpe.ToString()),
        new("minimum track record", MinimumTrackRecord.ToString()),
        new("probability of overfitting", Overfitting is { } pbo ? Text(pbo.Probability) : NotComputed),
        new("reality check p", RealityCheck is { } check ? Text(check.PValue) : NotComputed),
        new("superior ability p", SuperiorAbility is { } ability ? Text(ability.Consistent) : NotComputed),
        new("costs ×1, ×2, ×3", Costs.IsEmpty
            ? NotComputed
            : string.Join(", ", Costs.Select(row => row.SharpePerBar.ToString()))),
        new("worst drawdown", Text(WorstDrawdown.Ratio)),
        new("trades", Text(Trades)),
        new("turnover", Text(Turnover)),
    ];

    private static string Text(double value) =>
        value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One item of the evidence as text.</summary>
public sealed record EvidenceLine(string Name, string Value);
