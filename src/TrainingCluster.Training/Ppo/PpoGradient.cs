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
        gradient.Clear();
        var (rows, actions) = (batch.Rows, network.Options.Actions);
        var logits = network.Logits(batch.Observations, rows, _policyScratch);
        for (var row = 0; row < rows; row++)
        {
            var logs = _logs.AsSpan(row * actions, actions);
            Categorical.LogProbabilities(logits.Slice(row * actions, actions), logs);
            _chosen[row] = logs[batch.Actions[row]];
        }

        var surrogate = PpoLoss.Surrogate(
            _chosen, batch.OldLogProbabilities, batch.Advantages, weights.ClipRange, _chosenSlope);
        var (entropy, anchor) = LogitSlopes(batch, weights, actions);
        network.PolicyBackward(batch.Observations, rows, _policyScratch, _logitSlope, gradient,
            inputGradient);

        var values = network.Values(batch.Observations, rows, _valueScratch);
        var valueError = PpoLoss.ValueError(values, batch.Returns, weights.Value, _valueSlope);
        var valueInput = inputGradient.IsEmpty ? [] : _valueInputSlope.AsSpan();
        network.ValueBackward(batch.Observations, rows, _valueScratch, _valueSlope, gradient, valueInput);
        for (var i = 0; i < inputGradient.Length; i++)
        {
            inputGradient[i] += valueInput[i];
        }

        var total = surrogate.Loss + weights.Value * valueError - weights.Entropy * entropy
            + weights.Anchor * anchor;
        return new PpoLossTerms(total, surrogate, valueError, entropy, anchor);
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

/// <summary>How the parts of the loss are weighted in one update.</summary>
public readonly record struct PpoLossWeights(double ClipRange, double Value, double Entropy,
    double Anchor = 0);

/// <summary>The loss of one minibatch.</summary>
/// <param name="Total">What the gradient belongs to.</param>
/// <param name="ValueError">mean (target − value)².</param>
/// <param name="Entropy">Mean, in nats.</param>
/// <param name="AnchorKl">Mean KL to the anchor policy; 0 without one.</param>
public readonly record struct PpoLossTerms(
    double Total, PpoSurrogate Surrogate, double ValueError, double Entropy, double AnchorKl);
