using System.Collections.Immutable;

namespace TrainingCluster.Registry.Grades;

/// <summary>What a policy made of a version's metrics.</summary>
/// <param name="Grade">Null if the version cannot be graded; <paramref name="Reason"/> then says why.</param>
/// <param name="Composite">The weighted mean of the scores, 0 to 100; null if ungraded.</param>
/// <param name="Scores">One per metric of the policy that was there, in the policy's order.</param>
/// <param name="Reason">Why there is no grade, or which values were not finite; null if all went
/// well.</param>
/// <param name="PolicyId">Name and version of the policy, such as <c>cnn_lstm/1</c>.</param>
public sealed record GradeResult(
    Grade? Grade,
    double? Composite,
    ImmutableArray<MetricScore> Scores,
    string? Reason,
    string PolicyId)
{
    /// <summary>The grade for people: its letters, or <c>ungraded</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Text => Grade?.Text() ?? "ungraded";
}

/// <summary>One metric's part in a grade.</summary>
/// <param name="Value">As reported; null if it was not finite (JSON knows no NaN).</param>
/// <param name="Score">0 at the poor anchor, 100 at the excellent one.</param>
public sealed record MetricScore(string Metric, double? Value, double Score);
