using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The product of <see cref="DenseKernels"/> in vectors of 8, for processors without wider ones: the same chains of
/// fused multiply-adds as <see cref="WideProduct"/>, so the same bits.
/// </summary>
internal static class NarrowProduct
{
    private const int Lanes = 8;

    /// <summary>Adds a product to the output.</summary>
    public static void Add(ref float a, ref float b, ref float c, StridedShape shape)
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
}
