using TrainingCluster.Models.CnnLstm;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The encoder's loss: weighted binary cross-entropy of the next bar plus weighted cross-entropy of the
/// barrier, mean over the samples. Goodfellow, Bengio, Courville 2016, "Deep Learning", equations 6.24 and
/// 6.30, in the stable forms softplus(z) − z·y and −log softmax(z)[k]. The weights of <see
/// cref="LabelledBars"/> carry class balance, recency and the balance between the two parts.
/// </summary>
internal static class CnnLstmLoss
{
    /// <param name="logits">[batch, 4] float32.</param>
    /// <param name="up">[batch] float32, 0 or 1.</param>
    /// <param name="barrier">[batch] int64, 0 to 2.</param>
    /// <param name="upWeight">[batch] float32.</param>
    /// <param name="barrierWeight">[batch] float32.</param>
    /// <returns>A scalar that gradients flow through.</returns>
    public static Tensor Compute(
        Tensor logits, Tensor up, Tensor barrier, Tensor upWeight, Tensor barrierWeight)
    {
        var rises = logits.select(1, 0);                                  // [batch]
        var direction = nn.functional.softplus(rises, 1, 20) - rises * up; // [batch]
        var outcomes = logits.narrow(1, 1, LabelledBars.BarrierClasses);  // [batch, 3]
        var likelihoods = nn.functional.log_softmax(outcomes, 1);         // [batch, 3]
        var chosen = likelihoods.gather(1, barrier.unsqueeze(1)).squeeze(1); // [batch]
        return (upWeight * direction - barrierWeight * chosen).mean();
    }

    /// <summary>The same number in plain arithmetic, for judging without gradients.</summary>
    /// <param name="logits">[sample, 4], in the order of the samples.</param>
    public static double Evaluate(ReadOnlySpan<float> logits, LabelledBars samples)
    {
        double sum = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            var row = logits.Slice(i * CnnLstmArchitecture.Outputs, CnnLstmArchitecture.Outputs);
            sum += samples.UpWeight[i] * BinaryCrossEntropy(row[0], samples.Up[i])
                - samples.BarrierWeight[i] * LogLikelihood(row[1..], (int)samples.Barrier[i]);
        }

        return sum / samples.Count;
    }

    /// <summary>softplus(z) − z·y.</summary>
    public static double BinaryCrossEntropy(double logit, double target) =>
        Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit))) - logit * target;

    private static double LogLikelihood(ReadOnlySpan<float> logits, int chosen)
    {
        double largest = Math.Max(logits[0], Math.Max(logits[1], logits[2]));
        var sum = Math.Exp(logits[0] - largest) + Math.Exp(logits[1] - largest)
            + Math.Exp(logits[2] - largest);
        return logits[chosen] - largest - Math.Log(sum);
    }
}
