using System.Globalization;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Policies;

/// <summary>How the training of a policy is told: curves, events, news.</summary>
internal static class AgentReport
{
    public static ImmutableArray<TrainingCurve> Curves(string phase, IReadOnlyList<ICurvePoint> points)
    {
        ImmutableArray<long> steps = [.. points.Select(point => point.Update)];
        ImmutableArray<ImmutableArray<CurveNumber>> numbers = [.. points.Select(point => point.Numbers)];
        return
        [
            .. numbers[0].Select((number, column) => new TrainingCurve(
                phase, number.Name, steps, [.. numbers.Select(row => Finite(row[column].Value))])),
        ];
    }

    /// <summary>What recovery did up to a step, and which snapshot was kept.</summary>
    public static ImmutableArray<TrainingEvent> Events(
        RecoveryPlan plan, string phase, long updates, IPolicySnapshot best, int iterations)
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

    public static void Progress(StageContext context, string phase, long total, ICurvePoint point) =>
        context.Report(
            phase, point.Update, total,
            [
                .. point.Numbers.Where(number => number.Brief is not null && Finite(number.Value) is not null)
                    .Select(number => (number.Brief!, number.Value!.Value)),
            ]);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
