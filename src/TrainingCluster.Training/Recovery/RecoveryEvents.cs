using System.Globalization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Recovery;

/// <summary>What the recovery plan did, told as events of the training.</summary>
internal static class RecoveryEvents
{
    public static IEnumerable<TrainingEvent> At(RecoveryPlan plan, long step, string phase)
    {
        if (plan.Skips(step))
        {
            yield return new TrainingEvent(
                step, phase, "step_skipped", "this batch made a number that is not finite; it was left out");
        }

        if (plan.LearningRateFrom == step)
        {
            yield return new TrainingEvent(step, phase, "learning_rate_scaled",
                string.Create(CultureInfo.InvariantCulture, $"times {plan.LearningRateScale} from here on"));
        }

        if (plan.ClipFrom == step)
        {
            yield return new TrainingEvent(step, phase, "clip_scaled",
                string.Create(CultureInfo.InvariantCulture, $"times {plan.ClipScale} from here on"));
        }
    }
}
