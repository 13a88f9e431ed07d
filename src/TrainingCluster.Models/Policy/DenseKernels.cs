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
        Seed(bias, output[..(rows * columns)], columns);

        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var c = ref MemoryMarshal.GetReference(output);
        if (Vector512.IsHardwareAccelerated)
        {
            WideProduct.Add(ref a, ref b, ref c, shape);
        }
        else
        {
            AddNarrow(ref a, ref b, ref c, shape);
        }
    }

    /// <summary>Adds a product to the output in vectors of 8: for processors without wider ones.</summary>
    internal static void AddNarrow(ref float a, ref float b, ref float c, StridedShape shape)
    {
        var (rows, _, columns, rowStride, _) = shape;
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            FourRows(ref Unsafe.Add(ref a, row * rowStride), ref b, ref Unsafe.Add(ref c, row * columns),
                shape);
        }

        for (; row < rows; row++)
        {
            OneRow(ref Unsafe.Add(ref a, row * rowStride), ref b, ref Unsafe.Add(ref c, row * columns),
                shape);
        }
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
        for (var i = 0; i < rows; i++)
        {
            ref var column = ref Unsafe.Add(ref to, i);
            for (var j = 0; j < columns; j++)
            {
                column = from;
                column = ref Unsafe.Add(ref column, rows);
                from = ref Unsafe.Add(ref from, 1);
            }
        }
    }

    private static void Seed(ReadOnlySpan<float> bias, Span<float> output, int columns)
    {
        if (bias.IsEmpty)
        {
            return;
        }

        for (var at = 0; at < output.Length; at += columns)
        {
            bias.CopyTo(output[at..]);
        }
    }

    private static void FourRows(ref float a, ref float b, ref float c, StridedShape shape)
    {
        var (_, inner, columns, rowStride, innerStride) = shape;
        var column = 0;
        for (; column + 2 * Lanes <= columns; column += 2 * Lanes)
        {
            ref var c0 = ref Unsafe.Add(ref c, column);
            ref var c1 = ref Unsafe.Add(ref c0, columns);
            ref var c2 = ref Unsafe.Add(ref c1, columns);
            ref var c3 = ref Unsafe.Add(ref c2, columns);
            var s00 = Vector256.LoadUnsafe(ref c0);
            var s01 = Vector256.LoadUnsafe(ref c0, Lanes);
            var s10 = Vector256.LoadUnsafe(ref c1);
            var s11 = Vector256.LoadUnsafe(ref c1, Lanes);
            var s20 = Vector256.LoadUnsafe(ref c2);
            var s21 = Vector256.LoadUnsafe(ref c2, Lanes);
            var s30 = Vector256.LoadUnsafe(ref c3);
            var s31 = Vector256.LoadUnsafe(ref c3, Lanes);
            ref var from = ref a;
            ref var weights = ref Unsafe.Add(ref b, column);
            for (var k = 0; k < inner; k++)
            {
                var w0 = Vector256.LoadUnsafe(ref weights);
                var w1 = Vector256.LoadUnsafe(ref weights, Lanes);
                var x0 = Vector256.Create(from);
                var x1 = Vector256.Create(Unsafe.Add(ref from, rowStride));
                var x2 = Vector256.Create(Unsafe.Add(ref from, 2 * rowStride));
                var x3 = Vector256.Create(Unsafe.Add(ref from, 3 * rowStride));
                s00 = Vector256.FusedMultiplyAdd(x0, w0, s00);
                s01 = Vector256.FusedMultiplyAdd(x0, w1, s01);
                s10 = Vector256.FusedMultiplyAdd(x1, w0, s10);
                s11 = Vector256.FusedMultiplyAdd(x1, w1, s11);
                s20 = Vector256.FusedMultiplyAdd(x2, w0, s20);
                s21 = Vector256.FusedMultiplyAdd(x2, w1, s21);
                s30 = Vector256.FusedMultiplyAdd(x3, w0, s30);
                s31 = Vector256.FusedMultiplyAdd(x3, w1, s31);
                from = ref Unsafe.Add(ref from, innerStride);
                weights = ref Unsafe.Add(ref weights, columns);
            }

            s00.StoreUnsafe(ref c0);
            s01.StoreUnsafe(ref c0, Lanes);
            s10.StoreUnsafe(ref c1);
            s11.StoreUnsafe(ref c1, Lanes);
            s20.StoreUnsafe(ref c2);
            s21.StoreUnsafe(ref c2, Lanes);
            s30.StoreUnsafe(ref c3);
            s31.StoreUnsafe(ref c3, Lanes);
        }

        for (var row = 0; row < 4; row++)
        {
            Rest(ref Unsafe.Add(ref a, row * rowStride), ref b, ref Unsafe.Add(ref c, row * columns),
                shape, column);
        }
    }

    private static void OneRow(ref float a, ref float b, ref float c, StridedShape shape)
    {
        var (_, inner, columns, _, innerStride) = shape;
        var column = 0;
        for (; column + 4 * Lanes <= columns; column += 4 * Lanes)
        {
            ref var to = ref Unsafe.Add(ref c, column);
            var s0 = Vector256.LoadUnsafe(ref to);
            var s1 = Vector256.LoadUnsafe(ref to, Lanes);
            var s2 = Vector256.LoadUnsafe(ref to, 2 * Lanes);
            var s3 = Vector256.LoadUnsafe(ref to, 3 * Lanes);
            ref var from = ref a;
            ref var weights = ref Unsafe.Add(ref b, column);
            for (var k = 0; k < inner; k++)
            {
                var x = Vector256.Create(from);
                s0 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weights), s0);
                s1 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weights, Lanes), s1);
                s2 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weights, 2 * Lanes), s2);
                s3 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weights, 3 * Lanes), s3);
                from = ref Unsafe.Add(ref from, innerStride);
                weights = ref Unsafe.Add(ref weights, columns);
            }

            s0.StoreUnsafe(ref to);
            s1.StoreUnsafe(ref to, Lanes);
            s2.StoreUnsafe(ref to, 2 * Lanes);
            s3.StoreUnsafe(ref to, 3 * Lanes);
        }

        Rest(ref a, ref b, ref c, shape, column);
    }

    private static void Rest(ref float a, ref float b, ref float c, StridedShape shape, int column)
    {
        var (_, inner, columns, _, innerStride) = shape;
        for (; column + Lanes <= columns; column += Lanes)
        {
            var sum = Vector256.LoadUnsafe(ref c, (nuint)column);
            for (var k = 0; k < inner; k++)
            {
                var x = Vector256.Create(Unsafe.Add(ref a, k * innerStride));
                sum = Vector256.FusedMultiplyAdd(x,
                    Vector256.LoadUnsafe(ref b, (nuint)(k * columns + column)), sum);
            }

            sum.StoreUnsafe(ref c, (nuint)column);
        }

        for (; column < columns; column++)
        {
            var sum = Unsafe.Add(ref c, column);
            for (var k = 0; k < inner; k++)
            {
                sum = MathF.FusedMultiplyAdd(
                    Unsafe.Add(ref a, k * innerStride), Unsafe.Add(ref b, k * columns + column), sum);
            }

            Unsafe.Add(ref c, column) = sum;
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

/// <summary>
/// The shape of a product: [rows, inner] · [inner, columns], the left factor given by its strides.
/// </summary>
public readonly record struct StridedShape(int Rows, int Inner, int Columns, int RowStride, int InnerStride)
{
    /// <summary>The left factor is stored row by row.</summary>
    public static StridedShape Plain(int rows, int inner, int columns) => new(rows, inner, columns, inner, 1);

    /// <summary>The left factor is the transpose of a matrix stored row by row as [inner, rows].</summary>
    public static StridedShape Transposed(int rows, int inner, int columns) =>
        new(rows, inner, columns, 1, rows);
}
