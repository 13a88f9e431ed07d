using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The columns that <see cref="WideProduct"/> has left beyond the last 64: 16 at a time, then fewer.
/// </summary>
internal static class WideColumns
{
    private const int Lanes = 16;

    /// <summary>Rows of the right factor that are padded to full vectors at a time: 16 KB of stack.</summary>
    private const int PaddedInner = 256;

    public static void Sixteen(ref float a, ref float b, int rightStride, ref float c, StridedShape shape)
    {
        var row = 0;
        for (; row + 8 <= shape.Rows; row += 8)
        {
            Eight(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
                ref Unsafe.Add(ref c, row * shape.Columns), shape);
        }

        for (; row < shape.Rows; row++)
        {
            ref var from = ref Unsafe.Add(ref a, row * shape.RowStride);
            ref var weights = ref b;
            var sum = Vector512.LoadUnsafe(ref c, (nuint)(row * shape.Columns));
            for (var k = 0; k < shape.Inner; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(from), Vector512.LoadUnsafe(ref weights), sum);
                from = ref Unsafe.Add(ref from, shape.InnerStride);
                weights = ref Unsafe.Add(ref weights, rightStride);
            }

            sum.StoreUnsafe(ref c, (nuint)(row * shape.Columns));
        }
    }

    private static void Eight(ref float a, ref float b, int rightStride, ref float c, StridedShape shape)
    {
        var (_, inner, columns, rowStride, innerStride) = shape;
        ref var a4 = ref Unsafe.Add(ref a, 4 * rowStride);
        ref var c4 = ref Unsafe.Add(ref c, 4 * columns);
        var (s0, s1) = (Vector512.LoadUnsafe(ref c), Vector512.LoadUnsafe(ref c, (nuint)columns));
        var (s2, s3) = (Vector512.LoadUnsafe(ref c, (nuint)(2 * columns)),
            Vector512.LoadUnsafe(ref c, (nuint)(3 * columns)));
        var (s4, s5) = (Vector512.LoadUnsafe(ref c4), Vector512.LoadUnsafe(ref c4, (nuint)columns));
        var (s6, s7) = (Vector512.LoadUnsafe(ref c4, (nuint)(2 * columns)),
            Vector512.LoadUnsafe(ref c4, (nuint)(3 * columns)));
        for (var k = 0; k < inner; k++)
        {
            var w = Vector512.LoadUnsafe(ref b);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(a), w, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, rowStride)), w, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 2 * rowStride)), w, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 3 * rowStride)), w, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(a4), w, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, rowStride)), w, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, 2 * rowStride)), w, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, 3 * rowStride)), w, s7);
            a = ref Unsafe.Add(ref a, innerStride);
            a4 = ref Unsafe.Add(ref a4, innerStride);
            b = ref Unsafe.Add(ref b, rightStride);
        }

        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref c, (nuint)columns);
        s2.StoreUnsafe(ref c, (nuint)(2 * columns));
        s3.StoreUnsafe(ref c, (nuint)(3 * columns));
        s4.StoreUnsafe(ref c4);
        s5.StoreUnsafe(ref c4, (nuint)columns);
        s6.StoreUnsafe(ref c4, (nuint)(2 * columns));
        s7.StoreUnsafe(ref c4, (nuint)(3 * columns));
    }

    /// <summary>
    /// Fewer columns than a vector has lanes: the right factor and eight rows of the output at a time are
    /// copied to where full vectors may be read and written.
    /// </summary>
    [SkipLocalsInit]
    public static void Last(
        ref float a, ref float b, int rightStride, ref float c, StridedShape shape, int width)
    {
        Span<float> weights = stackalloc float[PaddedInner * Lanes];
        Span<float> sums = stackalloc float[8 * Lanes];
        weights.Clear();
        sums.Clear();
        for (var start = 0; start < shape.Inner; start += PaddedInner)
        {
            var inner = Math.Min(PaddedInner, shape.Inner - start);
            for (var k = 0; k < inner; k++)
            {
                Row(ref b, (start + k) * rightStride, width).CopyTo(weights[(k * Lanes)..]);
            }

            for (var row = 0; row < shape.Rows; row += 8)
            {
                var rows = Math.Min(8, shape.Rows - row);
                for (var i = 0; i < rows; i++)
                {
                    Row(ref c, (row + i) * shape.Columns, width).CopyTo(sums[(i * Lanes)..]);
                }

                Sixteen(
                    ref Unsafe.Add(ref a, row * shape.RowStride + start * shape.InnerStride),
                    ref MemoryMarshal.GetReference(weights), Lanes, ref MemoryMarshal.GetReference(sums),
                    shape with { Rows = rows, Inner = inner, Columns = Lanes });
                for (var i = 0; i < rows; i++)
                {
                    sums.Slice(i * Lanes, width).CopyTo(Row(ref c, (row + i) * shape.Columns, width));
                }
            }
        }
    }

    private static Span<float> Row(ref float start, int at, int width) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref start, at), width);
}
