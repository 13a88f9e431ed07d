using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Supervised;

/// <summary>What the recovery plan says about one step.</summary>
/// <param name="Step">The job's step, counted from 0 over all phases.</param>
/// <param name="Phase">For messages.</param>
/// <param name="Skip">Draw the batch and make no update.</param>
/// <param name="LearningRateScale">Factor on the learning rate.</param>
/// <param name="ClipScale">Factor on the largest gradient norm.</param>
/// <param name="Poison">A test wants this step's gradient to be NaN.</param>
internal readonly record struct StepControl(
    long Step, string Phase, bool Skip, double LearningRateScale, double ClipScale, bool Poison)
{
    public static StepControl For(StageContext context, long step, string phase) => new(
        step,
        phase,
        context.Recovery.Skips(step),
        context.Recovery.LearningRateScaleAt(step),
        context.Recovery.ClipScaleAt(step),
        context.PoisonsGradientAt(step));
}
