using System.Runtime.InteropServices;

namespace TrainingCluster.Models.Artifacts;

/// <summary>One tensor of an artifact: raw little-endian bytes in row-major order.</summary>
/// <param name="DType">"F32", "F64", "I64" or "U8".</param>
/// <param name="Shape">Each at least 0; empty for a scalar.</param>
/// <param name="Data">As long as the shape and the type say.</param>
public sealed record ArtifactTensor(string DType, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Data)
{
    public static ArtifactTensor Of(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        new("F32", Checked(values.Length, shape), MemoryMarshal.AsBytes(values).ToArray());

    public static ArtifactTensor Of(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        new("F64", Checked(values.Length, shape), MemoryMarshal.AsBytes(values).ToArray());

    public static ArtifactTensor Of(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        new("I64", Checked(values.Length, shape), MemoryMarshal.AsBytes(values).ToArray());

    /// <exception cref="ArtifactFormatException">The tensor has another type.</exception>
    public float[] Floats() => Cast<float>("F32");

    /// <exception cref="ArtifactFormatException">The tensor has another type.</exception>
    public double[] Doubles() => Cast<double>("F64");

    /// <exception cref="ArtifactFormatException">The tensor has another type.</exception>
    public long[] Longs() => Cast<long>("I64");

    /// <summary>Bytes of one element, or 0 for an unknown type.</summary>
    internal static int ElementSize(string dtype) => dtype switch
    {
        "F64" or "I64" => 8,
        "F32" => 4,
        "U8" => 1,
        _ => 0,
    };

    private static ImmutableArray<long> Checked(int count, ReadOnlySpan<long> shape)
    {
        long product = 1;
        foreach (var length in shape)
        {
            product *= length;
        }

        return product == count
            ? [.. shape]
            : throw new ArgumentException(
                $"{count} values do not fill the shape [{string.Join(", ", shape.ToArray())}]",
                nameof(shape));
    }

    private T[] Cast<T>(string dtype)
        where T : struct =>
        DType == dtype
            ? MemoryMarshal.Cast<byte, T>(Data.Span).ToArray()
            : throw new ArtifactFormatException($"a tensor has type {DType}; this model needs {dtype}");
}
