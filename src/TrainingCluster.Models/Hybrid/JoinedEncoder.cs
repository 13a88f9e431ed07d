using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;
using static TorchSharp.torch;

namespace TrainingCluster.Models.Hybrid;

/// <summary>
/// The encoder's half of a hybrid, windows [batch, time, feature] → logits [batch, 4] → the first entries of a
/// policy's scaled observations, whatever the policy is. The encoder runs in libtorch, policies do not; the chain
/// rule joins them at the four logits. The scaling of observations is part of the function and does not change.
/// </summary>
public sealed class JoinedEncoder : IDisposable
{
    private readonly ObservationNormalizer _normalizer;

    /// <summary>Takes over the encoder.</summary>
    public JoinedEncoder(CnnLstmNetwork encoder, NormalizerState normalizer)
    {
        (Encoder, Normalizer) = (encoder, normalizer);
        _normalizer = new ObservationNormalizer(normalizer);
        EncoderParameters = NetworkWeights.Count(encoder);
    }

    public CnnLstmNetwork Encoder { get; }

    /// <summary>The scaling of observations.</summary>
    public NormalizerState Normalizer { get; }

    public int EncoderParameters { get; }

    /// <summary>Entries of an observation.</summary>
    public int Observations => _normalizer.Width;

    /// <summary>
    /// Runs the encoder on windows and puts its scaled logits into observations; after it
    /// <paramref name="throughLogits"/> gets the loss's gradient by those entries and the encoder its own.
    /// </summary>
    /// <param name="windows">[window, time, feature].</param>
    /// <param name="rows">Which window each observation shows, and the sign of its first logit.</param>
    /// <param name="observations">[row, entry], scaled; the first four entries are overwritten.</param>
    /// <param name="throughLogits">Computes the loss; fills [row, entry] with its gradient by
    /// observations.</param>
    /// <param name="encoderGradient">Loss by the encoder's flat parameters; overwritten.</param>
    public void Backward(
        Tensor windows, ReadOnlySpan<HybridRow> rows, float[] observations, Func<float[]> throughLogits,
        Span<float> encoderGradient)
    {
        using var scope = NewDisposeScope();
        Encoder.zero_grad();
        var logits = Encoder.call(windows);               // [window, 4]
        var values = TensorCopies.Floats(logits);
        var size = _normalizer.Width;
        for (var row = 0; row < rows.Length; row++)
        {
            for (var k = 0; k < CnnLstmArchitecture.Outputs; k++)
            {
                var raw = values[rows[row].Window * CnnLstmArchitecture.Outputs + k] * Sign(rows[row], k);
                observations[row * size + k] = _normalizer.Scaled(k, raw);
            }
        }

        var slopes = LogitSlopes(rows, observations, throughLogits(), values.Length);
        // A sum weighted by the slopes has exactly them as its gradient by the logits.
        var slope = TensorCopies.Of(slopes, logits.shape);
        (logits * slope).sum().backward();
        NetworkWeights.Gradients(Encoder, encoderGradient);
    }

    public void Dispose() => Encoder.Dispose();

    /// <summary>Logits with a side are seen in the strategy's frame.</summary>
    private static float Sign(HybridRow row, int logit) => logit == 0 ? row.Direction : 1;

    private float[] LogitSlopes(
        ReadOnlySpan<HybridRow> rows, float[] observations, float[] inputGradient, int count)
    {
        var slopes = new float[count];
        var size = _normalizer.Width;
        for (var row = 0; row < rows.Length; row++)
        {
            for (var k = 0; k < CnnLstmArchitecture.Outputs; k++)
            {
                // A clipped entry does not move with its logit.
                if (Math.Abs(observations[row * size + k]) < ObservationNormalizer.Clip)
                {
                    slopes[rows[row].Window * CnnLstmArchitecture.Outputs + k] +=
                        inputGradient[row * size + k] * _normalizer.Scale(k) * Sign(rows[row], k);
                }
            }
        }

        return slopes;
    }
}

/// <summary>What one observation of a batch shows.</summary>
/// <param name="Window">Index into the batch of windows.</param>
/// <param name="Direction">The strategy's side, ±1.</param>
public readonly record struct HybridRow(int Window, sbyte Direction);
