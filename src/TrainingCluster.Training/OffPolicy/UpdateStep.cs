using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>The circumstances of one update.</summary>
/// <param name="Number">Updates before it, skipped ones included.</param>
/// <param name="LearningRate">Of the schedule and the recovery plan.</param>
/// <param name="MaximumGradientNorm">Likewise; infinity leaves gradients as they are.</param>
/// <param name="Skip">Draw and compute, but change nothing.</param>
/// <param name="Poisoned">A test wants the gradient to be NaN.</param>
/// <param name="Random">For what the update itself draws.</param>
internal sealed record UpdateStep(
    long Number, double LearningRate, double MaximumGradientNorm, bool Skip, bool Poisoned,
    RandomStream Random)
{
    /// <summary>[row, entry], overwritten: the loss's slope by the observations as the networks see them. Empty where
    /// nobody asks.</summary>
    public float[] ObservationSlopes { get; init; } = [];

    /// <summary>Moves weights against their gradient.</summary>
    /// <param name="where">What the weights belong to, for the message.</param>
    /// <exception cref="NumericalInstabilityException">The gradient is not finite.</exception>
    public void Apply(LearnedWeights weights, string where)
    {
        if (Skip)
        {
            return;
        }

        if (Poisoned)
        {
            weights.Gradient[0] = float.NaN;
        }

        var norm = weights.GradientNorm(exact: double.IsFinite(MaximumGradientNorm));
        if (!double.IsFinite(norm))
        {
            throw new NumericalInstabilityException(Number, $"gradient norm in {where}");
        }

        weights.Descend(LearningRate, norm, MaximumGradientNorm);
    }
}
