using static TorchSharp.torch;

namespace TrainingCluster.Models.Numerics;

/// <summary>Numbers into tensors and back. Every call copies.</summary>
public static class TensorCopies
{
    /// <summary>A float32 tensor of the shape.</summary>
    public static Tensor Of(float[] values, params long[] shape)
    {
        var flat = tensor((IList<float>)values);
        return flat.reshape(shape);
    }

    /// <summary>An int64 tensor of one dimension.</summary>
    public static Tensor Of(long[] values) => tensor((IList<long>)values);

    /// <summary>The elements in row-major order, as float32 on the CPU.</summary>
    public static float[] Floats(Tensor values)
    {
        using var scope = NewDisposeScope();
        var plain = values.detach();
        plain = plain.dtype == ScalarType.Float32 ? plain : plain.to(ScalarType.Float32);
        plain = plain.device.type == TorchSharp.DeviceType.CPU ? plain : plain.cpu();
        return plain.contiguous().data<float>().ToArray();
    }

    /// <summary>The gradient in row-major order; zeros where there is none.</summary>
    public static void Gradient(Tensor parameter, Span<float> destination)
    {
        using var scope = NewDisposeScope();
        if (parameter.grad is { } gradient)
        {
            Floats(gradient).CopyTo(destination);
        }
        else
        {
            destination.Clear();
        }
    }
}
