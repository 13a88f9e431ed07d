using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// Copies of parts of a matrix that the inner loop of <see cref="WideProduct"/> reads one line after the other:
/// [inner, 64], lines at the beginning of a cache line.
/// </summary>
internal static class Panels
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    /// <summary>Lines of a panel at most: 34 KB, which stay in the first cache of 48 KB beside the rest.</summary>
    public const int MaximumInner = 136;

    private const int Lanes = 16;

    /// <summary>Floats to reserve for a panel, its alignment included.</summary>
    public const int Reserve = MaximumInner * Width + Lanes;

    /// <summary>The first float of a reserve on the stack that begins a cache line.</summary>
    public static unsafe ref float Aligned(Span<float> reserve)
    {
        ref var start = ref MemoryMarshal.GetReference(reserve);
        var past = (int)((ulong)Unsafe.AsPointer(ref start) % (Lanes * sizeof(float))) / sizeof(float);
        return ref Unsafe.Add(ref start, (Lanes - past) % Lanes);
    }

    /// <summary>Copies lines of 64 that lie a stride apart.</summary>
    public static void Copy(ref float from, int stride, int inner, ref float panel)
    {
        for (var k = 0; k < inner; k++)
        {
            Vector512.LoadUnsafe(ref from).StoreUnsafe(ref panel);
            Vector512.LoadUnsafe(ref from, Lanes).StoreUnsafe(ref panel, Lanes);
            Vector512.LoadUnsafe(ref from, 2 * Lanes).StoreUnsafe(ref panel, 2 * Lanes);
            Vector512.LoadUnsafe(ref from, 3 * Lanes).StoreUnsafe(ref panel, 3 * Lanes);
            from = ref Unsafe.Add(ref from, stride);
            panel = ref Unsafe.Add(ref panel, Width);
        }
    }

    /// <summary>Copies lines of fewer than 64.</summary>
    public static void CopyPart(ref float from, int stride, int inner, int width, ref float panel)
    {
        for (var k = 0; k < inner; k++)
        {
            MemoryMarshal.CreateSpan(ref from, width).CopyTo(MemoryMarshal.CreateSpan(ref panel, width));
            from = ref Unsafe.Add(ref from, stride);
            panel = ref Unsafe.Add(ref panel, Width);
        }
    }

    /// <summary>panel[k, column] = from[column · stride + k] for up to 64 columns.</summary>
    public static void CopyTransposed(ref float from, int stride, int columns, int inner, ref float panel)
    {
        var column = 0;
        if (Avx512F.IsSupported && inner >= Lanes)
        {
            for (; column + Lanes <= columns; column += Lanes)
            {
                ref var source = ref Unsafe.Add(ref from, column * stride);
                ref var target = ref Unsafe.Add(ref panel, column);
                for (var k = 0; k < inner; k += Lanes)
                {
                    // The last square reaches back over lines that are there already.
                    var first = Math.Min(k, inner - Lanes);
                    Square(ref Unsafe.Add(ref source, first), stride, ref Unsafe.Add(ref target, first * Width));
                }
            }
        }

        for (; column < columns; column++)
        {
            ref var source = ref Unsafe.Add(ref from, column * stride);
            ref var target = ref Unsafe.Add(ref panel, column);
            for (var k = 0; k < inner; k++)
            {
                Unsafe.Add(ref target, k * Width) = Unsafe.Add(ref source, k);
            }
        }
    }

    /// <summary>Transposes 16 rows of 16 in registers: pairs, fours, then halves and quarters of the vectors.</summary>
    private static void Square(ref float from, int stride, ref float to)
    {
        ref var below = ref Unsafe.Add(ref from, 4 * stride);
        var (a0, a1, a2, a3) = Fours(ref from, stride);
        var (b0, b1, b2, b3) = Fours(ref below, stride);
        ref var third = ref Unsafe.Add(ref below, 4 * stride);
        var (c0, c1, c2, c3) = Fours(ref third, stride);
        var (d0, d1, d2, d3) = Fours(ref Unsafe.Add(ref third, 4 * stride), stride);
        Spread(a0, b0, c0, d0, ref to);
        Spread(a1, b1, c1, d1, ref Unsafe.Add(ref to, Width));
        Spread(a2, b2, c2, d2, ref Unsafe.Add(ref to, 2 * Width));
        Spread(a3, b3, c3, d3, ref Unsafe.Add(ref to, 3 * Width));
    }

    /// <summary>Four rows; each result holds, in its part q of four, entry 4·q + i of all four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third, Vector512<float> Fourth)
        Fours(ref float from, int stride)
    {
        var r0 = Vector512.LoadUnsafe(ref from);
        var r1 = Vector512.LoadUnsafe(ref from, (nuint)stride);
        var r2 = Vector512.LoadUnsafe(ref from, (nuint)(2 * stride));
        var r3 = Vector512.LoadUnsafe(ref from, (nuint)(3 * stride));
        var (low01, high01) = (Avx512F.UnpackLow(r0, r1).AsDouble(), Avx512F.UnpackHigh(r0, r1).AsDouble());
        var (low23, high23) = (Avx512F.UnpackLow(r2, r3).AsDouble(), Avx512F.UnpackHigh(r2, r3).AsDouble());
        return (Avx512F.UnpackLow(low01, low23).AsSingle(), Avx512F.UnpackHigh(low01, low23).AsSingle(),
            Avx512F.UnpackLow(high01, high23).AsSingle(), Avx512F.UnpackHigh(high01, high23).AsSingle());
    }

    /// <summary>Writes lines i, i + 4, i + 8 and i + 12 of the transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float to)
    {
        var (even, odd) = (Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), Avx512F.Shuffle4x128(a, b, 0b11_01_11_01));
        var (evenBelow, oddBelow) =
            (Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), Avx512F.Shuffle4x128(c, d, 0b11_01_11_01));
        Avx512F.Shuffle4x128(even, evenBelow, 0b10_00_10_00).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(odd, oddBelow, 0b10_00_10_00).StoreUnsafe(ref to, 4 * Width);
        Avx512F.Shuffle4x128(even, evenBelow, 0b11_01_11_01).StoreUnsafe(ref to, 8 * Width);
        Avx512F.Shuffle4x128(odd, oddBelow, 0b11_01_11_01).StoreUnsafe(ref to, 12 * Width);
    }
}
