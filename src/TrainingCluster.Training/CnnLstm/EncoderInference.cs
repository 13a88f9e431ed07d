using TrainingCluster.Features.Windows;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Runs an encoder without gradients. The logits of a bar do not depend on how many bars are asked for: an encoder
/// in float32 on the CPU goes window by window through <see cref="CnnLstmForward"/>, whatever the number; anything
/// else goes through libtorch in batches of one size, the last one filled up, because kernels add up a small batch in
/// another order.
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
        if (place is null && network is CnnLstmNetwork encoder)
        {
            return OneByOne(encoder, windows, bars);
        }

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

    private static float[] OneByOne(CnnLstmNetwork network, WindowView windows, ReadOnlySpan<int> bars)
    {
        var forward = new CnnLstmForward(network);
        var logits = new float[bars.Length * CnnLstmArchitecture.Outputs];
        var window = new float[windows.Length * windows.Matrix.Columns];
        for (var i = 0; i < bars.Length; i++)
        {
            windows.CopyTo(bars.Slice(i, 1), window);
            forward.Logits(window).CopyTo(logits.AsSpan(i * CnnLstmArchitecture.Outputs));
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
