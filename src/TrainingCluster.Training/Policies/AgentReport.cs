using System.Globalization;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Policies;

/// <summary>How the training of a policy is told: curves, events, news.</summary>
internal static class AgentReport
{
    public static ImmutableArray<TrainingCurve> Curves(string phase, ImmutableArray<PpoCurvePoint> points)
    {
        ImmutableArray<long> steps = [.. points.Select(point => point.Update)];
        TrainingCurve Curve(string name, Func<PpoCurvePoint, double?> value) => new(
            phase, name, steps,
            [.. points.Select(point => value(point) is { } number && double.IsFinite(number) ? number
                : (double?)null)]);

        return
        [
            Curve("reward", point => point.Reward),
            Curve("loss", point => point.Loss),
            Curve("entropy", point => point.Entropy),
            Curve("approximate_kl", point => point.ApproximateKl),
            Curve("explained_variance", point => point.ExplainedVariance),
            Curve("learning_rate", point => point.LearningRate),
            Curve("validation_sharpe", point => point.ValidationSharpe),
        ];
    }

    /// <summary>What recovery did up to a step, and which snapshot was kept.</summary>
    public static ImmutableArray<TrainingEvent> Events(
        RecoveryPlan plan, string phase, long updates, PpoSnapshot best, int iterations)
    {
        var events = plan.SkippedSteps.Append(plan.LearningRateFrom).Append(plan.ClipFrom)
            .Where(step => step < updates).Distinct().Order()
            .SelectMany(step => RecoveryEvents.At(plan, step, phase));
        var kept = string.Create(CultureInfo.InvariantCulture,
            $"iteration {best.Iteration} of {iterations} had the best validation Sharpe ratio, "
            + $"{best.Score:F2}");
        return
        [
            .. events,
            new TrainingEvent(updates, phase, "best_snapshot_restored", kept),
            .. best.Score > 0 ? Array.Empty<TrainingEvent>() :
            [
                new TrainingEvent(updates, phase, "not_better_than_flat",
                    "no snapshot earned anything on the validation window; the best of them was kept"),
            ],
        ];
    }

    public static void Progress(StageContext context, string phase, long total, PpoCurvePoint point)
    {
        (string, double?)[] values =
        [
            ("reward", point.Reward), ("loss", point.Loss), ("entropy", point.Entropy),
            ("kl", point.ApproximateKl),
            ("lr", point.LearningRate), ("val_sharpe", point.ValidationSharpe),
        ];
        context.Report(
            phase, point.Update, total,
            [.. values.Where(v => v.Item2 is { } x && double.IsFinite(x)).Select(v =>
                (v.Item1, v.Item2!.Value))]);
    }
}
