using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>A number that keeps its kind across the boundary.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeScalar
{
    internal const long Absent = 0, Integer = 1, Real = 2, Boolean = 3;

    internal readonly long Kind;
    internal readonly long Bits;

    private NativeScalar(long kind, long bits) => (Kind, Bits) = (kind, bits);

    internal static NativeScalar None => default;

    internal static NativeScalar Of(long value) => new(Integer, value);

    internal static NativeScalar Of(double value) => new(Real, BitConverter.DoubleToInt64Bits(value));

    internal static NativeScalar Of(bool value) => new(Boolean, value ? 1 : 0);
}

/// <summary>One entry of an index such as <c>t[.., 1, 2..5, mask]</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIndex
{
    internal const long Slice = 0, Number = 1, Mask = 2, Boolean = 3, Ellipsis = 4, NewAxis = 5;

    /// <summary>An open end of a slice.</summary>
    internal const long Open = long.MinValue;

    internal long Kind, A, B, C;
    internal nint Tensor;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AdamSettings
{
    internal double Rate, Beta1, Beta2, Epsilon, Decay;
    internal long Amsgrad, Maximize, Decoupled;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SgdSettings
{
    internal double Rate, Momentum, Dampening, Decay;
    internal long Nesterov, Maximize;
}

[StructLayout(LayoutKind.Sequential)]
internal struct RmsSettings
{
    internal double Rate, Alpha, Epsilon, Decay, Momentum;
    internal long Centered, Maximize;
}
