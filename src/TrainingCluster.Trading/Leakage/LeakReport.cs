using System.Collections.Immutable;

namespace TrainingCluster.Trading.Leakage;

/// <summary>What a gate looks for.</summary>
public enum LeakGate
{
    /// <summary>Outputs up to a bar are the same when later bars are cut off.</summary>
    PrefixInvariance,

    /// <summary>
    /// Outputs up to a bar are the same when later bars are replaced by noise, and later ones are not.
    /// </summary>
    FutureCorruption,

    /// <summary>Features beyond the declared warm-up do not depend on where history began.</summary>
    WarmUp,

    /// <summary>Fitted steps saw the training window only.</summary>
    FitWindow,

    /// <summary>No row of the test, and no label that looks into it, was learnt from.</summary>
    TrainRows,

    /// <summary>Shuffled labels cannot be predicted.</summary>
    LabelShuffle,

    /// <summary>Shuffled markets cannot be beaten.</summary>
    Placebo,

    /// <summary>Decisions that come a bar late are a little worse: neither worthless nor better.</summary>
    Lag,

    /// <summary>No single feature is the label.</summary>
    TooGood,

    /// <summary>Orders fill after their decision, at prices that were there.</summary>
    Execution,

    /// <summary>Joined rows were available at the decision.</summary>
    AsOfJoin,
}

/// <summary>How bad a finding is.</summary>
public enum LeakSeverity
{
    /// <summary>May have an innocent reason; to be looked at.</summary>
    Suspect,

    /// <summary>The results cannot be believed.</summary>
    Leak,
}

/// <summary>How a gate ended.</summary>
public enum GateStatus
{
    Passed,
    Suspect,
    Failed,

    /// <summary>There was nothing to check, for the reason given: not a pass.</summary>
    NotChecked,
}

/// <summary>One thing a gate found.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Detail">What and where, for people.</param>
/// <param name="Bar">The first bar concerned, or null.</param>
/// <param name="Column">The column concerned, or null.</param>
public sealed record LeakFinding(LeakSeverity Severity, string Detail, int? Bar = null, string? Column = null);

/// <summary>What one gate says.</summary>
/// <param name="Gate">Which one.</param>
/// <param name="Findings">None where it passed.</param>
/// <param name="Skipped">Why nothing was checked, or null.</param>
public sealed record GateResult(LeakGate Gate, ImmutableArray<LeakFinding> Findings, string? Skipped = null)
{
    public GateStatus Status =>
        Skipped is not null ? GateStatus.NotChecked
        : Findings.Any(finding => finding.Severity == LeakSeverity.Leak) ? GateStatus.Failed
        : Findings.IsEmpty ? GateStatus.Passed
        : GateStatus.Suspect;

    internal static GateResult Of(LeakGate gate, IEnumerable<LeakFinding> findings) => new(gate, [.. findings]);

    internal static GateResult NotChecked(LeakGate gate, string why) => new(gate, [], why);
}

/// <summary>What an audit says of a pipeline.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Gates">All of them, in order.</param>
public sealed record LeakReport(string Pipeline, ImmutableArray<GateResult> Gates)
{
    /// <summary>Whether any gate failed; suspects alone are no alarm.</summary>
    public bool IsAlarm => Gates.Any(gate => gate.Status == GateStatus.Failed);

    public GateResult this[LeakGate gate] => Gates.Single(result => result.Gate == gate);
}
