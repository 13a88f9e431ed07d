using System.Diagnostics.CodeAnalysis;

namespace TrainingCluster.Trading.Statistics;

/// <summary>Bounds that hold the truth with a stated confidence, or the reason why there are none.</summary>
/// <param name="Low">Lower bound, null where undefined.</param>
/// <param name="High">Upper bound, null where undefined.</param>
/// <param name="Undefined">Why there are no bounds, or null.</param>
public sealed record IntervalEstimate(double? Low, double? High, string? Undefined)
{
    [MemberNotNullWhen(true, nameof(Low), nameof(High))]
    public bool IsDefined => Undefined is null;

    public static IntervalEstimate NotDefined(string reason) => new(null, null, reason);
}

/// <summary>How resamples become an interval.</summary>
public enum IntervalMethod
{
    /// <summary>
    /// Quantiles of (statistic* − statistic) / standard error*, scaled by the sample's standard error.
    /// </summary>
    Studentised,

    /// <summary>
    /// Quantiles of the resampled statistic as they are; too narrow where returns are correlated.
    /// </summary>
    Percentile,
}
