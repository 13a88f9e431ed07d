namespace TrainingCluster.Training.Ppo;

/// <summary>How the parts of the loss are weighted in one update.</summary>
/// <param name="ClipRange">ε of the surrogate.</param>
/// <param name="Value">Of the value error.</param>
/// <param name="Entropy">Of the entropy bonus.</param>
/// <param name="Anchor">Of the divergence from an anchor policy.</param>
/// <param name="ValueClip">How far a value may move from the one of the rollout; null: any way.</param>
public readonly record struct PpoLossWeights(
    double ClipRange, double Value, double Entropy, double Anchor = 0, double? ValueClip = null);

/// <summary>The policy's part of the loss of one minibatch.</summary>
/// <param name="Entropy">Mean, in nats.</param>
/// <param name="AnchorKl">Mean KL to the anchor policy; 0 without one.</param>
public readonly record struct PpoPolicyTerms(PpoSurrogate Surrogate, double Entropy, double AnchorKl);

/// <summary>The loss of one minibatch.</summary>
/// <param name="Total">What the gradient belongs to.</param>
/// <param name="ValueError">mean (target − value)², or its clipped form.</param>
/// <param name="Entropy">Mean, in nats.</param>
/// <param name="AnchorKl">Mean KL to the anchor policy; 0 without one.</param>
public readonly record struct PpoLossTerms(
    double Total, PpoSurrogate Surrogate, double ValueError, double Entropy, double AnchorKl)
{
    public static PpoLossTerms Of(PpoLossWeights weights, PpoPolicyTerms policy, double valueError)
    {
        var total = policy.Surrogate.Loss + weights.Value * valueError - weights.Entropy * policy.Entropy
            + weights.Anchor * policy.AnchorKl;
        return new PpoLossTerms(total, policy.Surrogate, valueError, policy.Entropy, policy.AnchorKl);
    }
}
