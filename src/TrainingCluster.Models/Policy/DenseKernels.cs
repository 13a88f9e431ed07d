using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The two inner loops of a dense network. Every output element is one chain of fused multiply-adds in
/// ascending order of the inner index, whatever the number of rows and however the work is blocked: a row
/// gives the same bits alone and inside a batch, so the first ratio of a PPO update is exactly 1.
/// </summary>
public static class DenseKernels
{
    private const int Lanes = 8;
    private const int Square = 8;

    /// <summary>
    /// output[row, column] = start[row, column] + Σ_k left[row·rowStride + k·innerStride] · right[k,
    /// column], where start is the bias of the column, or the output's own content where
    /// <paramref name="bias"/> is empty.
    /// </summary>
    /// <param name="left">Any strided matrix of <paramref name="rows"/> × <paramref name="inner"/>.</param>
    /// <param name="right">[inner, columns], row-major.</param>
    /// <param name="bias">[columns], or empty to add to what the output holds.</param>
    /// <param name="output">[rows, columns], row-major.</param>
    public static void Multiply(
        ReadOnlySpan<float> left, StridedShape shape, ReadOnlySpan<float> right, ReadOnlySpan<float> bias,
        Span<float> output)
    {
        var (rows, inner, columns, rowStride, innerStride) = shape;
        if (rows == 0)
        {
            return;
        }

        Check(left.Length, (rows - 1) * rowStride + (inner - 1) * innerStride + 1, nameof(left));
        Check(right.Length, inner * columns, nameof(right));
        Check(output.Length, rows * columns, nameof(output));
        Check(bias.Length, bias.IsEmpty ? 0 : columns, nameof(bias));
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var c = ref MemoryMarshal.GetReference(output);
        if (Vector512.IsHardwareAccelerated)
        {
            WideProduct.Run(
                ref a, ref b, false, ref MemoryMarshal.GetReference(bias), ref c, shape,
                bias.IsEmpty ? ProductStart.Output : ProductStart.Bias);
            return;
        }

        for (var at = 0; at < rows * columns && !bias.IsEmpty; at += columns)
        {
            bias.CopyTo(output[at..]);
        }

        NarrowProduct.Add(ref a, ref b, ref c, shape);
    }

    /// <summary>output[row, column] = Σ_k left[row, k] · right[column, k], the output overwritten.</summary>
    /// <param name="left">[rows, inner], row-major.</param>
    /// <param name="right">[columns, inner], row-major.</param>
    /// <param name="scratch">For a transpose of the right factor where one is needed: as long as that.</param>
    /// <param name="output">[rows, columns], row-major.</param>
    public static void MultiplyTransposed(
        ReadOnlySpan<float> left, int rows, int inner, ReadOnlySpan<float> right, int columns, Span<float> scratch,
        Span<float> output)
    {
        if (rows == 0)
        {
            return;
        }

        Check(left.Length, rows * inner, nameof(left));
        Check(right.Length, inner * columns, nameof(right));
        Check(scratch.Length, inner * columns, nameof(scratch));
        Check(output.Length, rows * columns, nameof(output));
        var shape = StridedShape.Plain(rows, inner, columns);
        if (Vector512.IsHardwareAccelerated && rows >= WideProduct.PackedRows)
        {
            WideProduct.Run(
                ref MemoryMarshal.GetReference(left), ref MemoryMarshal.GetReference(right), true,
                ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(output), shape, ProductStart.Zero);
            return;
        }

        Transpose(right, columns, inner, scratch);
        output[..(rows * columns)].Clear();
        Multiply(left, shape, scratch, [], output);
    }

    /// <summary><see cref="HyperbolicTangent"/> in place; NaN stays NaN.</summary>
    public static void Tanh(Span<float> values) => HyperbolicTangent.Apply(values);

    /// <summary>max(0, x) in place; NaN stays NaN.</summary>
    public static void Relu(Span<float> values)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            var x = Vector256.LoadUnsafe(ref start, (nuint)i);
            // The comparison is false for NaN, which therefore passes.
            var below = Vector256.LessThan(x, Vector256<float>.Zero);
            Vector256.ConditionalSelect(below, Vector256<float>.Zero, x).StoreUnsafe(ref start, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] = values[i] < 0 ? 0 : values[i];
        }
    }

    /// <summary>Cuts the slope where a rectified output is 0 or below.</summary>
    public static void ThroughRelu(ReadOnlySpan<float> outputs, Span<float> slope)
    {
        ref var output = ref MemoryMarshal.GetReference(outputs);
        ref var start = ref MemoryMarshal.GetReference(slope);
        var i = 0;
        for (; i + Lanes <= slope.Length; i += Lanes)
        {
            var off = Vector256.LessThanOrEqual(
                Vector256.LoadUnsafe(ref output, (nuint)i), Vector256<float>.Zero);
            Vector256.ConditionalSelect(
                off, Vector256<float>.Zero, Vector256.LoadUnsafe(ref start, (nuint)i))
                .StoreUnsafe(ref start, (nuint)i);
        }

        for (; i < slope.Length; i++)
        {
            slope[i] = outputs[i] <= 0 ? 0 : slope[i];
        }
    }

    /// <summary>Adds the sum of each column, the rows in ascending order.</summary>
    /// <param name="values">[rows, width].</param>
    /// <param name="sums">[width].</param>
    public static void AddRows(ReadOnlySpan<float> values, int rows, int width, Span<float> sums)
    {
        Check(values.Length, rows * width, nameof(values));
        Check(sums.Length, width, nameof(sums));
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(sums);
        for (var row = 0; row < rows; row++)
        {
            var column = 0;
            for (; column + Lanes <= width; column += Lanes)
            {
                var sum = Vector256.LoadUnsafe(ref to, (nuint)column)
                    + Vector256.LoadUnsafe(ref from, (nuint)(row * width + column));
                sum.StoreUnsafe(ref to, (nuint)column);
            }

            for (; column < width; column++)
            {
                sums[column] += values[row * width + column];
            }
        }
    }

    /// <summary>target[j, i] = source[i, j] for a source of rows × columns.</summary>
    public static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> target)
    {
        Check(source.Length, rows * columns, nameof(source));
        Check(target.Length, rows * columns, nameof(target));
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        // Square by square: whole lines of one side would push each other out of the cache on the other.
        for (var top = 0; top < rows; top += Square)
        {
            for (var left = 0; left < columns; left += Square)
            {
                for (var i = top; i < Math.Min(rows, top + Square); i++)
                {
                    for (var j = left; j < Math.Min(columns, left + Square); j++)
                    {
                        Unsafe.Add(ref to, j * rows + i) = Unsafe.Add(ref from, i * columns + j);
                    }
                }
            }
        }
    }

    private static void Check(int actual, int expected, string name)
    {
        if (actual < expected)
        {
            throw new ArgumentException($"{name} holds {actual} numbers; the shape needs {expected}", name);
        }
    }
}
