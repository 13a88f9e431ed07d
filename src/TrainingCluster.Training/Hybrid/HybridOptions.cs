using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Hybrid;

/// <summary>How a hybrid is fine-tuned.</summary>
/// <param name="Ppo">Small rates and few steps: see the folder's README.</param>
/// <param name="Market">Lengths of episodes.</param>
/// <param name="EncoderRateFactor">The encoder's learning rate as a factor of the policy's, in [0,
/// 1].</param>
/// <param name="AnchorWeight">Weight of KL(first policy ‖ policy), at least 0.</param>
/// <param name="ValidateEvery">Iterations between two looks at the validation window; the first and the
/// last look.</param>
public sealed record HybridOptions(
    PpoOptions Ppo, MarketEpisodeOptions Market, double EncoderRateFactor, double AnchorWeight,
    int ValidateEvery)
{
    /// <exception cref="ArgumentException">A rule is broken.</exception>
    public HybridOptions Validated()
    {
        Ppo.Validated();
        Market.Validated();
        return EncoderRateFactor is >= 0 and <= 1 && AnchorWeight >= 0 && ValidateEvery >= 1
            ? this
            : throw new ArgumentException(
                $"encoder_rate_factor is {EncoderRateFactor}, it must lie in [0, 1]; "
                + $"anchor_weight is {AnchorWeight}, it must be at least 0; "
                + $"validate_every is {ValidateEvery}, it must be at least 1");
    }
}
