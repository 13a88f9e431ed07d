using TrainingCluster.Models.Policy;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// The loss of a minibatch and its exact gradient: surrogate + value weight × squared error − entropy
/// weight × entropy + anchor weight × KL(anchor ‖ policy). Holds scratch memory only.
/// </summary>
public sealed class PpoGradient
{
    private readonly DenseActivations _policyScratch;
    private readonly DenseActivations _valueScratch;
    private readonly float[] _logs;
    private readonly float[] _chosen;
    private readonly float[] _chosenSlope;
    private readonly float[] _logitSlope;
    private readonly float[] _valueSlope;
    private readonly float[] _valueInputSlope;

    public PpoGradient(PpoNetwork shape, int rows)
    {
        _policyScratch = new DenseActivations(shape.Policy, rows);
        _valueScratch = new DenseActivations(shape.Value, rows);
        _logs = new float[rows * shape.Options.Actions];
        _chosen = new float[rows];
        _chosenSlope = new float[rows];
        _logitSlope = new float[rows * shape.Options.Actions];
        _valueSlope = new float[rows];
        _valueInputSlope = new float[rows * shape.Options.Observations];
    }

    /// <summary>Evaluates the loss of a batch.</summary>
    /// <param name="weights">How the parts are weighted.</param>
    /// <param name="gradient">Laid out like the network's parameters; overwritten.</param>
    /// <param name="inputGradient">[row, entry]: loss by scaled observations, overwritten; empty if
    /// unasked.</param>
    public PpoLossTerms Compute(
        PpoNetwork network, PpoBatch batch, PpoLossWeights weights, Span<float> gradient,
        Span<float> inputGradient)
    {
        var policy = PolicyPart(network, batch, weights, gradient, inputGradient);
        var valueInput = inputGradient.IsEmpty ? [] : _valueInputSlope.AsSpan();
        var valueError = ValuePart(network, batch, weights, gradient, valueInput);
        for (var i = 0; i < inputGradient.Length; i++)
        {
            inputGradient[i] += valueInput[i];
        }

        return PpoLossTerms.Of(weights, policy, valueError);
    }

    /// <summary>
    /// The policy's part, which shares nothing it writes with the value's: both may be computed at once.
    /// </summary>
    /// <param name="gradient">Of both networks; only the policy's entries are overwritten.</param>
    public PpoPolicyTerms PolicyPart(
        PpoNetwork network, PpoBatch batch, PpoLossWeights weights, Span<float> gradient,
        Span<float> inputGradient)
    {
        gradient[..network.Policy.ParameterCount].Clear();
        var (rows, actions) = (batch.Rows, network.Options.Actions);
        var logits = network.Logits(batch.Observations, rows, _policyScratch);
        for (var row = 0; row < rows; row++)
        {
            var logs = _logs.AsSpan(row * actions, actions);
            Categorical.LogProbabilities(logits.Slice(row * actions, actions), logs);
            _chosen[row] = logs[batch.Actions[row]];
        }

        var surrogate = PpoLoss.Surrogate(
            _chosen, batch.OldLogProbabilities, batch.Advantages, weights.ClipRange, _chosenSlope,
            batch.Importance);
        var (entropy, anchor) = LogitSlopes(batch, weights, actions);
        network.PolicyBackward(batch.Observations, rows, _policyScratch, _logitSlope, gradient,
            inputGradient);
        return new PpoPolicyTerms(surrogate, entropy, anchor);
    }

    /// <summary>The value's part.</summary>
    /// <param name="gradient">Of both networks; only the value's entries are overwritten.</param>
    /// <returns>The value error.</returns>
    public double ValuePart(
        PpoNetwork network, PpoBatch batch, PpoLossWeights weights, Span<float> gradient,
        Span<float> inputGradient)
    {
        gradient[network.Policy.ParameterCount..].Clear();
        var values = network.Values(batch.Observations, batch.Rows, _valueScratch);
        var error = weights.ValueClip is { } clip
            ? PpoLoss.ClippedValueError(
                values, batch.OldValues, batch.Returns, clip, weights.Value, _valueSlope)
            : PpoLoss.ValueError(values, batch.Returns, weights.Value, _valueSlope);
        network.ValueBackward(batch.Observations, batch.Rows, _valueScratch, _valueSlope, gradient,
            inputGradient);
        return error;
    }

    private (double Entropy, double Anchor) LogitSlopes(PpoBatch batch, PpoLossWeights weights, int actions)
    {
        var (entropy, anchor) = (0.0, 0.0);
        var entropyWeight = (float)(weights.Entropy / batch.Rows);
        var anchorWeight = (float)(weights.Anchor / batch.Rows);
        for (var row = 0; row < batch.Rows; row++)
        {
            var logs = _logs.AsSpan(row * actions, actions);
            var slope = _logitSlope.AsSpan(row * actions, actions);
            entropy += PpoLoss.ThroughLogits(logs, batch.Actions[row], _chosenSlope[row], entropyWeight,
                slope);
            if (batch.AnchorLogProbabilities.Length > 0)
            {
                var anchorLogs = batch.AnchorLogProbabilities.AsSpan(row * actions, actions);
                anchor += PpoLoss.Anchor(logs, anchorLogs, anchorWeight, slope);
            }
        }

        return (entropy / batch.Rows, anchor / batch.Rows);
    }
}
