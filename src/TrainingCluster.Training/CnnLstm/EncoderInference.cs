using TrainingCluster.Features.Windows;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Runs an encoder without gradients, in batches of a fixed size, so that the same bars give the same bytes.
/// </summary>
internal static class EncoderInference
{
    private const int BatchSize = 256;

    /// <returns>[bar, 4] in the order of the bars.</returns>
    public static float[] Logits(CnnLstmNetwork network, WindowView windows, ReadOnlySpan<int> bars)
    {
        var logits = new float[bars.Length * CnnLstmArchitecture.Outputs];
        using var frozen = no_grad();
        for (var first = 0; first < bars.Length; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var batch = bars.Slice(first, Math.Min(BatchSize, bars.Length - first));
            TensorCopies.Floats(network.call(Batch(windows, batch)))
                .CopyTo(logits.AsSpan(first * CnnLstmArchitecture.Outputs));
        }

        return logits;
    }

    /// <returns>[batch, time, feature] float32.</returns>
    public static Tensor Batch(WindowView windows, ReadOnlySpan<int> bars)
    {
        var values = new float[bars.Length * windows.Length * windows.Matrix.Columns];
        windows.CopyTo(bars, values);
        return TensorCopies.Of(values, bars.Length, windows.Length, windows.Matrix.Columns);
    }
}
