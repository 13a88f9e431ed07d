using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The inner loops of <see cref="WideProduct"/>: some rows of the output by 64 or 128 columns, every element one chain
/// of fused multiply-adds in ascending order of the inner index.
/// </summary>
internal static class WideRows
{
    private const int Lanes = 16;
    private const int Wide = 4 * Lanes;

    /// <summary>All rows of 64 columns: sums begin at <paramref name="start"/> and end in the output.</summary>
    /// <param name="start">Of the first row; the others lie <paramref name="startStride"/> apart.</param>
    /// <param name="b">[inner, 64], lines <paramref name="rightStride"/> apart.</param>
    public static void Columns64(
        ref float a, ref float b, int rightStride, ref float start, int startStride, ref float c, StridedShape shape)
    {
        var row = 0;
        for (; row + 4 <= shape.Rows; row += 4)
        {
            Four(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
                ref Unsafe.Add(ref start, row * startStride), startStride, ref Unsafe.Add(ref c, row * shape.Columns),
                shape);
        }

        if (row + 2 <= shape.Rows)
        {
            Two(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
                ref Unsafe.Add(ref start, row * startStride), startStride, ref Unsafe.Add(ref c, row * shape.Columns),
                shape);
            row += 2;
        }

        if (row < shape.Rows)
        {
            One(ref Unsafe.Add(ref a, row * shape.RowStride), ref b, rightStride,
                ref Unsafe.Add(ref start, row * startStride), ref Unsafe.Add(ref c, row * shape.Columns), shape);
        }
    }

    private static void Four(
        ref float a, ref float b, int rightStride, ref float start, int startStride, ref float c0, StridedShape shape)
    {
        var (_, inner, columns, rowStride, innerStride) = shape;
        ref var c1 = ref Unsafe.Add(ref c0, columns);
        ref var c2 = ref Unsafe.Add(ref c1, columns);
        ref var c3 = ref Unsafe.Add(ref c2, columns);
        var (s00, s01, s02, s03) = Load(ref start);
        var (s10, s11, s12, s13) = Load(ref Unsafe.Add(ref start, startStride));
        var (s20, s21, s22, s23) = Load(ref Unsafe.Add(ref start, 2 * startStride));
        var (s30, s31, s32, s33) = Load(ref Unsafe.Add(ref start, 3 * startStride));
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

    private static void Two(
        ref float a, ref float b, int rightStride, ref float start, int startStride, ref float c, StridedShape shape)
    {
        var (inner, innerStride, rowStride) = (shape.Inner, shape.InnerStride, shape.RowStride);
        var (s00, s01, s02, s03) = Load(ref start);
        var (s10, s11, s12, s13) = Load(ref Unsafe.Add(ref start, startStride));
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
            a = ref Unsafe.Add(ref a, innerStride);
            b = ref Unsafe.Add(ref b, rightStride);
        }

        Store(ref c, s00, s01, s02, s03);
        Store(ref Unsafe.Add(ref c, shape.Columns), s10, s11, s12, s13);
    }

    private static void One(
        ref float a, ref float b, int rightStride, ref float start, ref float c, StridedShape shape)
    {
        var (inner, innerStride) = (shape.Inner, shape.InnerStride);
        var (s0, s1, s2, s3) = Load(ref start);
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
    public static void One128(ref float a, ref float b, ref float c, StridedShape shape)
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
