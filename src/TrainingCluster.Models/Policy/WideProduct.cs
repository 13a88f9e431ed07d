using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The product of <see cref="DenseKernels"/> in vectors of 16: the same chains of fused multiply-adds, so the
/// same bits, only more of them at once. Four rows of 64 columns keep 16 chains in flight, eight rows of 16
/// keep 8: enough to hide the latency of an addition on processors with two units.
/// </summary>
internal static class WideProduct
{
    private const int Lanes = 16;
    private const int Wide = 4 * Lanes;

    /// <summary>Rows of the right factor that are padded to full vectors at a time: 16 KB of stack.</summary>
    private const int PaddedInner = 256;

    private const int CachedInner = 128;

    /// <summary>Rows of the output from which on packing the right factor is worth it.</summary>
    private const int PackedRows = 32;

    /// <summary>Adds left · right to what the output holds.</summary>
    public static void Add(ref float left, ref float right, ref float output, StridedShape shape)
    {
        var column = 0;
        for (; shape.Rows == 1 && column + 2 * Wide <= shape.Columns; column += 2 * Wide)
        {
            OneRow128(ref left, ref Unsafe.Add(ref right, column), ref Unsafe.Add(ref output, column), shape);
        }

        for (; column + Wide <= shape.Columns; column += Wide)
        {
            Columns64(ref left, ref Unsafe.Add(ref right, column), ref Unsafe.Add(ref output, column), shape);
        }

        for (; column + Lanes <= shape.Columns; column += Lanes)
        {
            Columns16(ref left, ref Unsafe.Add(ref right, column), shape.Columns,
                ref Unsafe.Add(ref output, column), shape);
        }

        if (column < shape.Columns)
        {
            LastColumns(ref left, ref Unsafe.Add(ref right, column), ref Unsafe.Add(ref output, column), shape,
                shape.Columns - column);
        }
    }

    /// <summary>
    /// In pieces of the inner index whose rows of the right factor, 32 KB, stay in the first cache while all rows
    /// of the output meet them. Each sum goes through memory between two pieces, which does not change it.
    /// </summary>
    private static void Columns64(ref float a, ref float b, ref float c, StridedShape shape)
    {
        if (shape.Rows >= PackedRows && shape.Columns > Wide)
        {
            PackedColumns64(ref a, ref b, ref c, shape);
            return;
        }

        for (var start = 0; start < shape.Inner; start += CachedInner)
        {
            Rows64(ref Unsafe.Add(ref a, start * shape.InnerStride),
                ref Unsafe.Add(ref b, start * shape.Columns), shape.Columns, ref c,
                shape with { Inner = Math.Min(CachedInner, shape.Inner - start) });
        }
    }

    /// <summary>
    /// Rows of a wide right factor lie so far apart that they push each other out of the cache: copied side by
    /// side they do not.
    /// </summary>
    [SkipLocalsInit]
    private static void PackedColumns64(ref float a, ref float b, ref float c, StridedShape shape)
    {
        Span<float> packed = stackalloc float[CachedInner * Wide];
        for (var start = 0; start < shape.Inner; start += CachedInner)
        {
            var inner = Math.Min(CachedInner, shape.Inner - start);
            for (var k = 0; k < inner; k++)
            {
                Row(ref b, (start + k) * shape.Columns, Wide).CopyTo(packed[(k * Wide)..]);
            }

            Rows64(ref Unsafe.Add(ref a, start * shape.InnerStride), ref MemoryMarshal.GetReference(packed), Wide,
                ref c, shape with { Inner = inner });
        }
    }

    private static void Rows64(ref float a, ref float b, int rightStride, ref float c, StridedShape shape)
    {
        var row = 0;
        for (; row + 4 <= shape.Rows; row += 4)
        {
            FourRows64(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
                ref Unsafe.Add(ref c, row * shape.Columns), shape);
        }

        for (; row < shape.Rows; row++)
        {
            OneRow64(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
                ref Unsafe.Add(ref c, row * shape.Columns), shape);
        }
    }

    private static void FourRows64(ref float a, ref float b, int rightStride, ref float c0, StridedShape shape)
    {
        var (_, inner, columns, rowStride, innerStride) = shape;
        ref var c1 = ref Unsafe.Add(ref c0, columns);
        ref var c2 = ref Unsafe.Add(ref c1, columns);
        ref var c3 = ref Unsafe.Add(ref c2, columns);
        var (s00, s01, s02, s03) = Load(ref c0);
        var (s10, s11, s12, s13) = Load(ref c1);
        var (s20, s21, s22, s23) = Load(ref c2);
        var (s30, s31, s32, s33) = Load(ref c3);
        for (var k = 0; k < inner; k++)
        {
            var w0 = Vector512.LoadUnsafe(ref b);
            var w1 = Vector512.LoadUnsafe(ref b, Lanes);
            var w2 = Vector512.LoadUnsafe(ref b, 2 * Lanes);
            var w3 = Vector512.LoadUnsafe(ref b, 3 * Lanes);
            var x = Vector512.Create(a);
            s00 = Vector512.FusedMultiplyAdd(x, w0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, w1, s01);
            s02 = Vector512.FusedMultiplyAdd(x, w2, s02);
            s03 = Vector512.FusedMultiplyAdd(x, w3, s03);
            x = Vector512.Create(Unsafe.Add(ref a, rowStride));
            s10 = Vector512.FusedMultiplyAdd(x, w0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, w1, s11);
            s12 = Vector512.FusedMultiplyAdd(x, w2, s12);
            s13 = Vector512.FusedMultiplyAdd(x, w3, s13);
            x = Vector512.Create(Unsafe.Add(ref a, 2 * rowStride));
            s20 = Vector512.FusedMultiplyAdd(x, w0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, w1, s21);
            s22 = Vector512.FusedMultiplyAdd(x, w2, s22);
            s23 = Vector512.FusedMultiplyAdd(x, w3, s23);
            x = Vector512.Create(Unsafe.Add(ref a, 3 * rowStride));
            s30 = Vector512.FusedMultiplyAdd(x, w0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, w1, s31);
            s32 = Vector512.FusedMultiplyAdd(x, w2, s32);
            s33 = Vector512.FusedMultiplyAdd(x, w3, s33);
            a = ref Unsafe.Add(ref a, innerStride);
            b = ref Unsafe.Add(ref b, rightStride);
        }

        Store(ref c0, s00, s01, s02, s03);
        Store(ref c1, s10, s11, s12, s13);
        Store(ref c2, s20, s21, s22, s23);
        Store(ref c3, s30, s31, s32, s33);
    }

    private static void OneRow64(ref float a, ref float b, int rightStride, ref float c, StridedShape shape)
    {
        var (inner, innerStride) = (shape.Inner, shape.InnerStride);
        var (s0, s1, s2, s3) = Load(ref c);
        for (var k = 0; k < inner; k++)
        {
            var x = Vector512.Create(a);
            s0 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b), s0);
            s1 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, Lanes), s1);
            s2 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 2 * Lanes), s2);
            s3 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 3 * Lanes), s3);
            a = ref Unsafe.Add(ref a, innerStride);
            b = ref Unsafe.Add(ref b, rightStride);
        }

        Store(ref c, s0, s1, s2, s3);
    }

    /// <summary>A row that is all there is: eight chains, because four would wait for each other.</summary>
    private static void OneRow128(ref float a, ref float b, ref float c, StridedShape shape)
    {
        var (_, inner, columns, _, innerStride) = shape;
        ref var second = ref Unsafe.Add(ref c, Wide);
        var (s0, s1, s2, s3) = Load(ref c);
        var (s4, s5, s6, s7) = Load(ref second);
        for (var k = 0; k < inner; k++)
        {
            var x = Vector512.Create(a);
            s0 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b), s0);
            s1 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, Lanes), s1);
            s2 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 2 * Lanes), s2);
            s3 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 3 * Lanes), s3);
            s4 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 4 * Lanes), s4);
            s5 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 5 * Lanes), s5);
            s6 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 6 * Lanes), s6);
            s7 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, 7 * Lanes), s7);
            a = ref Unsafe.Add(ref a, innerStride);
            b = ref Unsafe.Add(ref b, columns);
        }

        Store(ref c, s0, s1, s2, s3);
        Store(ref second, s4, s5, s6, s7);
    }

    private static void Columns16(ref float a, ref float b, int rightStride, ref float c, StridedShape shape)
    {
        var row = 0;
        for (; row + 8 <= shape.Rows; row += 8)
        {
            EightRows16(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
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

    private static void EightRows16(ref float a, ref float b, int rightStride, ref float c, StridedShape shape)
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
    private static void LastColumns(ref float a, ref float b, ref float c, StridedShape shape, int width)
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
                Row(ref b, (start + k) * shape.Columns, width).CopyTo(weights[(k * Lanes)..]);
            }

            for (var row = 0; row < shape.Rows; row += 8)
            {
                var rows = Math.Min(8, shape.Rows - row);
                for (var i = 0; i < rows; i++)
                {
                    Row(ref c, (row + i) * shape.Columns, width).CopyTo(sums[(i * Lanes)..]);
                }

                Columns16(
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third,
        Vector512<float> Fourth) Load(ref float from) =>
        (Vector512.LoadUnsafe(ref from), Vector512.LoadUnsafe(ref from, Lanes),
            Vector512.LoadUnsafe(ref from, 2 * Lanes), Vector512.LoadUnsafe(ref from, 3 * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        ref float to, Vector512<float> first, Vector512<float> second, Vector512<float> third,
        Vector512<float> fourth)
    {
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref to, Lanes);
        third.StoreUnsafe(ref to, 2 * Lanes);
        fourth.StoreUnsafe(ref to, 3 * Lanes);
    }
}
