using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrainingCluster.Models.Numerics;

/// <summary>
/// Memory whose first number lies at the beginning of a cache line. A vector of 64 bytes that crosses from one line
/// into the next costs two reads, and in an ordinary array every one does.
/// </summary>
public static class AlignedFloats
{
    private const int LineBytes = 64;
    private const int LineFloats = LineBytes / sizeof(float);

    /// <returns>Zeros; collected like any array, and never moved.</returns>
    public static Memory<float> Allocate(int count)
    {
        var array = GC.AllocateArray<float>(count + LineFloats - 1, pinned: true);
        var past = (int)(Address(array) % LineBytes) / sizeof(float);
        return array.AsMemory((LineFloats - past) % LineFloats, count);
    }

    /// <returns>The same numbers in aligned memory.</returns>
    public static Memory<float> Copy(ReadOnlySpan<float> values)
    {
        var copy = Allocate(values.Length);
        values.CopyTo(copy.Span);
        return copy;
    }

    private static unsafe ulong Address(float[] pinned) =>
        (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
