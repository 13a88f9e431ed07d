using TrainingCluster.Models.Policy;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// The loss of PPO as pure functions of arrays: Schulman et al. 2017, arXiv:1707.06347, equations 7 and 9.
/// All means are over the minibatch; the gradients are exact.
/// </summary>
public static class PpoLoss
{
    private const double AdvantageEpsilon = 1e-8;

    /// <summary>
    /// Shifts and scales a minibatch's advantages to mean 0 and standard deviation 1 (divisor n − 1), in
    /// place. Huang et al. 2022, detail 7. A single advantage is left alone.
    /// </summary>
    public static void NormalizeAdvantages(Span<float> advantages)
    {
        if (advantages.Length < 2)
        {
            return;
        }

        double sum = 0, squares = 0;
        foreach (var advantage in advantages)
        {
            sum += advantage;
        }

        var mean = sum / advantages.Length;
        foreach (var advantage in advantages)
        {
            squares += (advantage - mean) * (advantage - mean);
        }

        var scale = 1 / (Math.Sqrt(squares / (advantages.Length - 1)) + AdvantageEpsilon);
        for (var i = 0; i < advantages.Length; i++)
        {
            advantages[i] = (float)((advantages[i] - mean) * scale);
        }
    }

    /// <summary>
    /// The clipped surrogate −mean min(ρA, clip(ρ, 1 − ε, 1 + ε)·A) with ρ = exp(log p − log p_old).
    /// Approximate KL is the estimator k3, mean(ρ − 1 − log ρ): Schulman 2020, "Approximating KL divergence".
    /// </summary>
    /// <param name="logProbabilities">[batch]: of the actions taken, under the policy that is being
    /// changed.</param>
    /// <param name="oldLogProbabilities">[batch]: under the policy that acted.</param>
    /// <param name="gradient">[batch], overwritten: loss by log-probability.</param>
    /// <param name="importance">[batch]: a factor on each row's loss and divergence; empty is 1 for all.</param>
    public static PpoSurrogate Surrogate(
        ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> oldLogProbabilities,
        ReadOnlySpan<float> advantages, double clipRange, Span<float> gradient,
        ReadOnlySpan<float> importance = default)
    {
        var count = logProbabilities.Length;
        double loss = 0, divergence = 0, largest = 0;
        var clipped = 0;
        for (var i = 0; i < count; i++)
        {
            var logRatio = (double)logProbabilities[i] - oldLogProbabilities[i];
            var ratio = Math.Exp(logRatio);
            var weight = importance.IsEmpty ? 1.0 : importance[i];
            var plain = weight * ratio * advantages[i];
            var bounded = weight * Math.Clamp(ratio, 1 - clipRange, 1 + clipRange) * advantages[i];
            loss -= Math.Min(plain, bounded);
            gradient[i] = plain <= bounded ? (float)(-plain / count) : 0;
            divergence += weight * (ratio - 1 - logRatio);
            clipped += Math.Abs(ratio - 1) > clipRange ? 1 : 0;
            largest = Math.Max(largest, Math.Abs(ratio - 1));
        }

        return new PpoSurrogate(loss / count, (double)clipped / count, divergence / count, largest);
    }

    /// <summary>mean (target − value)².</summary>
    /// <param name="gradient">[batch], overwritten: weight × loss, by value.</param>
    public static double ValueError(
        ReadOnlySpan<float> values, ReadOnlySpan<float> targets, double weight, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var error = (double)values[i] - targets[i];
            sum += error * error;
            gradient[i] = (float)(weight * 2 * error / values.Length);
        }

        return sum / values.Length;
    }

    /// <summary>
    /// mean max((target − value)², (target − clipped)²), where clipped is the rollout's value plus the change
    /// since then, cut to ±range: Huang et al. 2022, detail 9. Where the clipped error is the larger one and the
    /// change is cut, nothing flows back.
    /// </summary>
    /// <param name="gradient">[batch], overwritten: weight × loss, by value.</param>
    public static double ClippedValueError(
        ReadOnlySpan<float> values, ReadOnlySpan<float> oldValues, ReadOnlySpan<float> targets, double range,
        double weight, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var change = (double)values[i] - oldValues[i];
            var error = (double)values[i] - targets[i];
            var clipped = oldValues[i] + Math.Clamp(change, -range, range) - targets[i];
            var plain = error * error >= clipped * clipped || Math.Abs(change) <= range;
            sum += Math.Max(error * error, clipped * clipped);
            gradient[i] = plain ? (float)(weight * 2 * error / values.Length) : 0;
        }

        return sum / values.Length;
    }

    /// <summary>
    /// One row's gradient by logits z from that by the log-probability of the action taken:
    /// ∂log p_a/∂z_j = [a = j] − p_j, and for the entropy bonus ∂H/∂z_j = −p_j (log p_j + H).
    /// </summary>
    /// <param name="logProbabilities">[action].</param>
    /// <param name="chosenGradient">Loss by the log-probability of the action taken.</param>
    /// <param name="entropyWeight">Entropy weight divided by the batch size.</param>
    /// <param name="gradient">[action], overwritten.</param>
    /// <returns>The row's entropy.</returns>
    public static float ThroughLogits(
        ReadOnlySpan<float> logProbabilities, int action, float chosenGradient, float entropyWeight,
        Span<float> gradient)
    {
        var entropy = 0f;
        for (var j = 0; j < logProbabilities.Length; j++)
        {
            gradient[j] = MathF.Exp(logProbabilities[j]);
            entropy -= gradient[j] * logProbabilities[j];
        }

        for (var j = 0; j < logProbabilities.Length; j++)
        {
            var probability = gradient[j];
            var taken = j == action ? 1f : 0f;
            gradient[j] = chosenGradient * (taken - probability)
                + entropyWeight * probability * (logProbabilities[j] + entropy);
        }

        return entropy;
    }

    /// <summary>
    /// KL(anchor ‖ policy) of one row, whose gradient by logits is p − p_anchor; keeps a policy near
    /// another one.
    /// </summary>
    /// <param name="weight">Factor on the gradient: weight divided by the batch size.</param>
    /// <param name="gradient">[action], added to.</param>
    public static double Anchor(
        ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> anchorLogProbabilities, float weight,
        Span<float> gradient)
    {
        var divergence = 0.0;
        for (var j = 0; j < logProbabilities.Length; j++)
        {
            var anchor = MathF.Exp(anchorLogProbabilities[j]);
            divergence += anchor * (anchorLogProbabilities[j] - logProbabilities[j]);
            gradient[j] += weight * (MathF.Exp(logProbabilities[j]) - anchor);
        }

        return divergence;
    }
}

/// <summary>The policy part of the loss of one minibatch.</summary>
/// <param name="Loss">The clipped surrogate, to be made small.</param>
/// <param name="ClipFraction">Share of ratios outside 1 ± ε.</param>
/// <param name="ApproximateKl">Estimator k3, in nats.</param>
/// <param name="LargestRatioDistance">max |ρ − 1|.</param>
public readonly record struct PpoSurrogate(
    double Loss, double ClipFraction, double ApproximateKl, double LargestRatioDistance);
