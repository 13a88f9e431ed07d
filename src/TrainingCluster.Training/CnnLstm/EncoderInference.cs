using TrainingCluster.Features.Windows;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Runs an encoder without gradients, always in batches of one size, the last one filled up: kernels add up
/// a small batch in another order, and the logits of a bar must not depend on how many bars follow it.
/// </summary>
internal static class EncoderInference
{
    private const int BatchSize = 256;

    /// <param name="network">Any that maps [batch, time, feature] to [batch, 4].</param>
    /// <param name="place">Brings a batch to the network's device and precision; null for float32 on the CPU.
    /// </param>
    /// <param name="prepared">Keeps gathered batches for the next time; null to gather each time.</param>
    /// <returns>[bar, 4] in the order of the bars.</returns>
    public static float[] Logits(
        nn.Module<Tensor, Tensor> network,
        WindowView windows,
        ReadOnlySpan<int> bars,
        Func<Tensor, Tensor>? place = null,
        PreparedBatches? prepared = null)
    {
        var logits = new float[bars.Length * CnnLstmArchitecture.Outputs];
        using var frozen = no_grad();
        for (var first = 0; first < bars.Length; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            int[] batch = [.. bars.Slice(first, Math.Min(BatchSize, bars.Length - first))];
            float[] Gathered(int[] chosen) => Gather(windows, chosen, BatchSize);
            var values = prepared?.Get(batch, Gathered) ?? Gathered(batch);
            var input = TensorCopies.Of(values, BatchSize, windows.Length, windows.Matrix.Columns);
            TensorCopies.Floats(network.call(place?.Invoke(input) ?? input))
                .AsSpan(0, batch.Length * CnnLstmArchitecture.Outputs)
                .CopyTo(logits.AsSpan(first * CnnLstmArchitecture.Outputs));
        }

        return logits;
    }

    /// <returns>[batch, time, feature] float32.</returns>
    public static Tensor Batch(WindowView windows, ReadOnlySpan<int> bars) => TensorCopies.Of(
        Gather(windows, bars, bars.Length), bars.Length, windows.Length, windows.Matrix.Columns);

    /// <summary>Rows behind those of the bars are 0.</summary>
    private static float[] Gather(WindowView windows, ReadOnlySpan<int> bars, int rows)
    {
        var size = windows.Length * windows.Matrix.Columns;
        var values = new float[rows * size];
        windows.CopyTo(bars, values.AsSpan(0, bars.Length * size));
        return values;
    }
}
