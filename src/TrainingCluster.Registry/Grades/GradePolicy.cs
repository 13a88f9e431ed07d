using System.Collections.Immutable;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Grades;

/// <summary>How one metric is scored.</summary>
/// <param name="Poor">The value that scores 0.</param>
/// <param name="Excellent">The value that scores 100; below <paramref name="Poor"/> where less is
/// better.</param>
/// <param name="Required">Without a required metric there is no grade; others are left out of the
/// mean.</param>
public sealed record MetricAnchor(string Metric, decimal Poor, decimal Excellent, bool Required, decimal Weight = 1)
{
    /// <summary>
    /// Linear between the anchors, clamped to 0 … 100; the direction follows from their order.
    /// </summary>
    public decimal Score(decimal value) =>
        100 * Math.Clamp((value - Poor) / (Excellent - Poor), 0, 1);
}

/// <summary>
/// Grades by benchmark: each metric scored linearly between a poor and an excellent anchor, the weighted mean
/// mapped to a letter. Decimal arithmetic throughout, so that .905 between .50 and .95 is exactly 90.
/// </summary>
public sealed record GradePolicy(string Id, ImmutableArray<MetricAnchor> Anchors)
{
    private static readonly ImmutableArray<MetricAnchor> TradingAnchors =
    [
        new(MetricNames.RewardBasisPoints, 100, 1000, Required: true),
        new(MetricNames.Sharpe, 0.5m, 2.0m, Required: true),
        new(MetricNames.MaxDrawdown, 0.30m, 0.05m, Required: true),
    ];

    public static GradePolicy CnnLstm { get; } = new("cnn_lstm/1",
    [
        new(MetricNames.Accuracy, 0.50m, 0.95m, Required: true),
        new(MetricNames.Loss, 0.5m, 0.01m, Required: false),
        new(MetricNames.RSquared, 0.30m, 0.90m, Required: false),
    ]);

    public static GradePolicy Agent { get; } = new("agent/1", TradingAnchors);

    /// <summary>The agents' anchors, and accuracy where the job reports it.</summary>
    public static GradePolicy Hybrid { get; } = new("hybrid/1",
        [.. TradingAnchors, new(MetricNames.Accuracy, 0.50m, 0.95m, Required: false)]);

    public static GradePolicy Ensemble { get; } = new("ensemble/1",
    [
        new(MetricNames.Accuracy, 0.70m, 0.98m, Required: true),
        new(MetricNames.Diversity, 0.2m, 0.8m, Required: true),
    ]);

    /// <exception cref="ArgumentException">There is no such model type.</exception>
    public static GradePolicy For(string modelType) => ModelTypes.StageOf(modelType) switch
    {
        0 => CnnLstm,
        1 => Agent,
        2 => Hybrid,
        3 => Ensemble,
        _ => throw new ArgumentException(
            $"the model type '{modelType}' has no grade policy; the types are {string.Join(", ", ModelTypes.All)}"),
    };

    public GradeResult Grade(IReadOnlyDictionary<string, double> metrics)
    {
        var scores = ImmutableArray.CreateBuilder<MetricScore>();
        var missing = new List<string>();
        var notFinite = new List<string>();
        decimal sum = 0, weights = 0;
        foreach (var anchor in Anchors)
        {
            if (!metrics.TryGetValue(anchor.Metric, out var value))
            {
                if (anchor.Required)
                {
                    missing.Add(anchor.Metric);
                }

                continue;
            }

            if (!double.IsFinite(value))
            {
                notFinite.Add(anchor.Metric);
            }

            var score = double.IsFinite(value) ? anchor.Score(ToDecimal(value)) : 0;
            scores.Add(new MetricScore(anchor.Metric, double.IsFinite(value) ? value : null, (double)score));
            sum += anchor.Weight * score;
            weights += anchor.Weight;
        }

        if (missing.Count > 0)
        {
            var reason = $"missing {string.Join(", ", missing)}";
            return new GradeResult(null, null, scores.ToImmutable(), reason, Id);
        }

        var composite = sum / weights;
        var remark = notFinite.Count == 0 ? null : $"not finite, scored 0: {string.Join(", ", notFinite)}";
        return new GradeResult(GradeScale.Of(composite), (double)composite, scores.ToImmutable(), remark, Id);
    }

    // Values beyond decimal's range lie far outside all anchors, where the score is clamped anyway.
    private static decimal ToDecimal(double value) => (decimal)Math.Clamp(value, -1e12, 1e12);
}
