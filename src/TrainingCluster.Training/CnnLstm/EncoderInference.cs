using TrainingCluster.Features.Windows;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Runs an encoder without gradients, always in batches of one size, the last one filled up: kernels add up
/// a small batch in another order, and the logits of a bar must not depend on how many bars follow it.
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
            TensorCopies.Floats(network.call(Batch(windows, batch, BatchSize)))
                .AsSpan(0, batch.Length * CnnLstmArchitecture.Outputs)
                .CopyTo(logits.AsSpan(first * CnnLstmArchitecture.Outputs));
        }

        return logits;
    }

    /// <returns>[batch, time, feature] float32.</returns>
    public static Tensor Batch(WindowView windows, ReadOnlySpan<int> bars) =>
        Batch(windows, bars, bars.Length);

    /// <summary>Rows behind those of the bars are 0.</summary>
    private static Tensor Batch(WindowView windows, ReadOnlySpan<int> bars, int rows)
    {
        var size = windows.Length * windows.Matrix.Columns;
        var values = new float[rows * size];
        windows.CopyTo(bars, values.AsSpan(0, bars.Length * size));
        return TensorCopies.Of(values, rows, windows.Length, windows.Matrix.Columns);
    }
}
