using System.Collections.Immutable;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Leakage;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>
/// Everything that must be known of a result by itself before it is believed; what choosing it among others means
/// stands in <see cref="FieldEvidence"/>. What was not computed is named with the reason; nothing is left blank.
/// </summary>
public sealed record Evidence
{
    /// <summary>Deflated Sharpe ratio from which on there is evidence of skill.</summary>
    public const double SkillLevel = 0.95;

    /// <summary>From here on it is weak.</summary>
    public const double WeakLevel = 0.90;

    public required int Bars { get; init; }

    public required Estimate SharpePerBar { get; init; }

    /// <summary>95 %, studentised stationary bootstrap, per bar.</summary>
    public required IntervalEstimate SharpeInterval { get; init; }

    /// <summary>By √q, and by Lo's η where returns are correlated.</summary>
    public required AnnualSharpe Annual { get; init; }

    /// <summary>PSR(0).</summary>
    public required Estimate ProbabilisticSharpe { get; init; }

    /// <summary>All that were scored on the data, this one included.</summary>
    public required TrialPopulation Trials { get; init; }

    /// <summary>PSR(SR₀) over all trials.</summary>
    public required Estimate DeflatedSharpe { get; init; }

    /// <summary>PSR(SR₀) over as many independent trials as the correlated ones amount to.</summary>
    public required Estimate DeflatedByEffective { get; init; }

    /// <summary>Bars before PSR(0) reaches 95 %; to be compared with <see cref="Bars"/>.</summary>
    public required Estimate MinimumTrackRecord { get; init; }

    /// <summary>By depth and place: indices into the equity of the backtest.</summary>
    public required Drawdown WorstDrawdown { get; init; }

    /// <summary>From its peak to its trough; null where nothing fell.</summary>
    public required (DateTimeOffset From, DateTimeOffset To)? DrawdownTimes { get; init; }

    public required int Trades { get; init; }

    public required double Turnover { get; init; }

    public Computed<IReadOnlyList<CostSensitivity>> Costs { get; init; } =
        Computed.Not<IReadOnlyList<CostSensitivity>>("the decisions were not walked again at other costs");

    public Computed<IReadOnlyList<RegimeResult>> Regimes { get; init; } =
        Computed.Not<IReadOnlyList<RegimeResult>>("no regime is known for these bars");

    /// <summary>In windows that follow each other: whether all was earned in one of them.</summary>
    public required Computed<IReadOnlyList<WindowResult>> Windows { get; init; }

    public Computed<Capacity> Capacity { get; init; } =
        Computed.Not<Capacity>("the orders were not set against the volume of their bars");

    /// <summary>Whether anything knew the future.</summary>
    public Computed<LeakReport> Leaks { get; init; } = Computed.Not<LeakReport>(
        "nothing was audited here; trainctl data leakcheck audits features, labels and decisions on these bars");

    public SkillVerdict Verdict =>
        DeflatedSharpe >= SkillLevel ? SkillVerdict.Skill
        : DeflatedSharpe >= WeakLevel ? SkillVerdict.Weak
        : SkillVerdict.NoEvidence;

    /// <summary>What one backtest and its trials say.</summary>
    /// <param name="result">The selected trial's.</param>
    /// <param name="metrics">Of the same backtest; the interval is taken from there.</param>
    /// <param name="barsPerYear">To annualise with.</param>
    /// <param name="times">Of the decisions, Unix milliseconds UTC; as many as returns.</param>
    /// <param name="trials">All that were scored on the data.</param>
    public static Evidence Of(
        BacktestResult result,
        PerformanceMetrics metrics,
        double barsPerYear,
        ReadOnlySpan<long> times,
        TrialPopulation trials)
    {
        var returns = result.Returns.AsSpan();
        var moments = Moments.Of(returns);
        var sharpe = SharpeStatistics.Sharpe(returns);
        var worst = Drawdown.Worst(result.Equity.AsSpan());
        return new Evidence
        {
            Bars = returns.Length,
            SharpePerBar = sharpe,
            SharpeInterval = metrics is { SharpeLow: { } low, SharpeHigh: { } high }
                ? new IntervalEstimate(low / Math.Sqrt(barsPerYear), high / Math.Sqrt(barsPerYear), null)
                : IntervalEstimate.NotDefined(metrics.Undefined ?? "no resamples were drawn"),
            Annual = AnnualSharpe.Of(returns, Math.Max(1, barsPerYear)),
            ProbabilisticSharpe = sharpe.IsDefined
                ? SharpeStatistics.ProbabilisticSharpe(
                    sharpe, 0, moments.Count, moments.Skewness, moments.Kurtosis)
                : sharpe,
            Trials = trials,
            DeflatedSharpe = trials.DeflatedSharpe(moments),
            DeflatedByEffective = trials.DeflatedByEffective(moments),
            MinimumTrackRecord = sharpe.IsDefined
                ? SharpeStatistics.MinimumTrackRecord(sharpe, 0, moments.Skewness, moments.Kurtosis)
                : sharpe,
            WorstDrawdown = worst,
            DrawdownTimes = worst.Ratio > 0 ? (Time(times, worst.Peak), Time(times, worst.Trough)) : null,
            Windows = WindowResult.Walk(result, times),
            Trades = result.Trades.Length,
            Turnover = result.Turnover,
        };
    }

    /// <summary>Equity at i stands after decision i − 1; the first value stands before any.</summary>
    private static DateTimeOffset Time(ReadOnlySpan<long> times, int equity) =>
        DateTimeOffset.FromUnixTimeMilliseconds(times[Math.Max(0, equity - 1)]);
}
