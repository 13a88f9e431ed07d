using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Documents;

/// <summary>
/// What a result is worth by itself, as commands print it in JSON. What could not be computed is null and named in
/// <see cref="NotComputed"/> with the reason.
/// </summary>
internal sealed record EvidenceDocument
{
    public required int Bars { get; init; }

    public required double? SharpePerBar { get; init; }

    public required double? SharpePerBarLow { get; init; }

    public required double? SharpePerBarHigh { get; init; }

    public required double? SharpeRatio { get; init; }

    /// <summary>By Lo's factor for serial correlation.</summary>
    public required double? AdjustedSharpeRatio { get; init; }

    public required double? LjungBoxP { get; init; }

    public required bool IsSeriallyCorrelated { get; init; }

    public required double? ProbabilisticSharpeRatio { get; init; }

    public required double? MinimumTrackRecordBars { get; init; }

    public required int Trials { get; init; }

    public required double? TrialSharpeVariance { get; init; }

    public required double? EffectiveTrials { get; init; }

    public required double? ThresholdSharpePerBar { get; init; }

    public required double? DeflatedSharpeRatio { get; init; }

    public required double? DeflatedByEffectiveTrials { get; init; }

    /// <summary>"skill" from .95 on, "weak" from .90 on, else "no_evidence".</summary>
    public required SkillVerdict Verdict { get; init; }

    public required double MaxDrawdownRatio { get; init; }

    public required DateTimeOffset? DrawdownFrom { get; init; }

    public required DateTimeOffset? DrawdownTo { get; init; }

    public required int Trades { get; init; }

    public required double Turnover { get; init; }

    public required IReadOnlyList<CostDocument>? Costs { get; init; }

    public required IReadOnlyList<RegimeDocument>? Regimes { get; init; }

    public required IReadOnlyList<WindowDocument>? Windows { get; init; }

    /// <summary>Money with which 95 % of the orders take at most 1 % of their bar's volume.</summary>
    public required double? Capacity { get; init; }

    /// <summary>Whether a leak audit raised an alarm.</summary>
    public required bool? LeakAlarm { get; init; }

    public required IReadOnlyDictionary<string, string> NotComputed { get; init; }

    public static EvidenceDocument Of(Evidence evidence) => new()
    {
        Bars = evidence.Bars,
        SharpePerBar = evidence.SharpePerBar.Value,
        SharpePerBarLow = evidence.SharpeInterval.Low,
        SharpePerBarHigh = evidence.SharpeInterval.High,
        SharpeRatio = evidence.Annual.Plain.Value,
        AdjustedSharpeRatio = evidence.Annual.Adjusted.Value,
        LjungBoxP = evidence.Annual.LjungBox.Value,
        IsSeriallyCorrelated = evidence.Annual.IsCorrelated,
        ProbabilisticSharpeRatio = evidence.ProbabilisticSharpe.Value,
        MinimumTrackRecordBars = evidence.MinimumTrackRecord.Value,
        Trials = evidence.Trials.Count,
        TrialSharpeVariance = evidence.Trials.SharpeVariance,
        EffectiveTrials = evidence.Trials.EffectiveCount,
        ThresholdSharpePerBar = evidence.Trials.Threshold.Value,
        DeflatedSharpeRatio = evidence.DeflatedSharpe.Value,
        DeflatedByEffectiveTrials = evidence.DeflatedByEffective.Value,
        Verdict = evidence.Verdict,
        MaxDrawdownRatio = evidence.WorstDrawdown.Ratio,
        DrawdownFrom = evidence.DrawdownTimes?.From,
        DrawdownTo = evidence.DrawdownTimes?.To,
        Trades = evidence.Trades,
        Turnover = evidence.Turnover,
        Costs = evidence.Costs.Value?.Select(at => new CostDocument(
            at.Factor, at.Metrics.SharpeRatio, at.Metrics.TotalReturnRatio, at.Metrics.MaxDrawdownRatio)).ToArray(),
        Regimes = evidence.Regimes.Value?.Select(RegimeDocument.Of).ToArray(),
        Windows = evidence.Windows.Value?.Select(window => new WindowDocument(
            window.From, window.To, window.Bars, window.SharpePerBar.Value, window.TotalReturnRatio,
            window.MaxDrawdownRatio)).ToArray(),
        Capacity = evidence.Capacity.Value?.Money,
        LeakAlarm = evidence.Leaks.Value?.IsAlarm,
        NotComputed = Missing(evidence),
    };

    private static SortedDictionary<string, string> Missing(Evidence evidence)
    {
        var missing = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Note(string name, string? reason)
        {
            if (reason is not null)
            {
                missing[name] = reason;
            }
        }

        Note("sharpePerBar", evidence.SharpePerBar.Undefined);
        Note("sharpePerBarLow", evidence.SharpeInterval.Undefined);
        Note("sharpePerBarHigh", evidence.SharpeInterval.Undefined);
        Note("sharpeRatio", evidence.Annual.Plain.Undefined);
        Note("adjustedSharpeRatio", evidence.Annual.Adjusted.Undefined);
        Note("ljungBoxP", evidence.Annual.LjungBox.Undefined);
        Note("probabilisticSharpeRatio", evidence.ProbabilisticSharpe.Undefined);
        Note("minimumTrackRecordBars", evidence.MinimumTrackRecord.Undefined);
        Note("trialSharpeVariance", evidence.Trials.SharpeVariance is null
            ? "fewer than 2 trials have a Sharpe ratio" : null);
        Note("effectiveTrials", evidence.Trials.WithoutEffective);
        Note("thresholdSharpePerBar", evidence.Trials.Threshold.Undefined);
        Note("deflatedSharpeRatio", evidence.DeflatedSharpe.Undefined);
        Note("deflatedByEffectiveTrials", evidence.DeflatedByEffective.Undefined);
        Note("costs", evidence.Costs.Missing);
        Note("regimes", evidence.Regimes.Missing);
        Note("windows", evidence.Windows.Missing);
        Note("capacity", evidence.Capacity.Missing);
        Note("leakAlarm", evidence.Leaks.Missing);
        return missing;
    }
}

/// <summary>The same decisions at a multiple of the costs.</summary>
internal sealed record CostDocument(
    double Factor, double? SharpeRatio, double TotalReturnRatio, double MaxDrawdownRatio);

/// <summary>What was earned in one of several windows that follow each other.</summary>
internal sealed record WindowDocument(
    DateTimeOffset From, DateTimeOffset To, int Bars, double? SharpePerBar, double TotalReturnRatio,
    double MaxDrawdownRatio);

/// <summary>What was earned in one kind of market.</summary>
internal sealed record RegimeDocument(
    string Regime,
    int Bars,
    double Share,
    double? SharpePerBar,
    double TotalReturnRatio,
    double MaxDrawdownRatio,
    int Trades,
    double? WinRate)
{
    public static RegimeDocument Of(RegimeResult result) => new(
        result.Regime.ToString().ToLowerInvariant(), result.Bars, result.Share, result.SharpePerBar.Value,
        result.TotalReturnRatio, result.MaxDrawdownRatio, result.Trades, result.WinRate);
}
