using TrainingCluster.Features.Windows;
using TrainingCluster.Models.Numerics;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>Some samples, gathered: windows [batch, time, feature], and per sample targets and weights.</summary>
internal sealed record EncoderBatch(
    float[] Windows, float[] Up, long[] Barrier, float[] UpWeight, float[] BarrierWeight)
{
    /// <param name="samples">Positions in <paramref name="labelled"/>.</param>
    public static EncoderBatch Gather(WindowView windows, LabelledBars labelled, ReadOnlySpan<int> samples)
    {
        var count = samples.Length;
        var bars = new int[count];
        var batch = new EncoderBatch(
            new float[count * windows.Length * windows.Matrix.Columns], new float[count], new long[count],
            new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var sample = samples[i];
            bars[i] = labelled.Bars[sample];
            batch.Up[i] = labelled.Up[sample];
            batch.Barrier[i] = labelled.Barrier[sample];
            batch.UpWeight[i] = labelled.UpWeight[sample];
            batch.BarrierWeight[i] = labelled.BarrierWeight[sample];
        }

        windows.CopyTo(bars, batch.Windows);
        return batch;
    }

    /// <summary>The loss of logits [batch, 4], computed in float32 where the logits are.</summary>
    public Tensor Loss(Tensor logits)
    {
        var count = Up.Length;
        var wide = logits.dtype == ScalarType.Float32 ? logits : logits.to(ScalarType.Float32);
        var device = wide.device;
        Tensor There(Tensor value) => device.type == TorchSharp.DeviceType.CPU ? value : value.to(device);
        return CnnLstmLoss.Compute(
            wide,
            There(TensorCopies.Of(Up, count)),
            There(TensorCopies.Of(Barrier)),
            There(TensorCopies.Of(UpWeight, count)),
            There(TensorCopies.Of(BarrierWeight, count)));
    }
}
