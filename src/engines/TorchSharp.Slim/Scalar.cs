using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// A number as an operand. It keeps its kind: an integer tensor plus an integer stays an integer tensor.
/// </summary>
public sealed class Scalar : IDisposable
{
    internal readonly NativeScalar Value;

    private Scalar(NativeScalar value, torch.ScalarType type) => (Value, Type) = (value, type);

    public torch.ScalarType Type { get; }

    internal double AsDouble => Value.Kind == NativeScalar.Real
        ? BitConverter.Int64BitsToDouble(Value.Bits)
        : Value.Bits;

    internal long AsLong => Value.Kind == NativeScalar.Real ? (long)AsDouble : Value.Bits;

    internal static Scalar OfItem(torch.ScalarType type, long integer, double real) =>
        torch.is_floating_point(type) ? new(NativeScalar.Of(real), type)
        : type == torch.ScalarType.Bool ? new(NativeScalar.Of(integer != 0), type)
        : new(NativeScalar.Of(integer), type);

    public static implicit operator Scalar(byte value) =>
        new(NativeScalar.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(sbyte value) =>
        new(NativeScalar.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(short value) =>
        new(NativeScalar.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(int value) =>
        new(NativeScalar.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(long value) => new(NativeScalar.Of(value), torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) =>
        new(NativeScalar.Of((double)value), torch.ScalarType.Float64);

    public static implicit operator Scalar(double value) =>
        new(NativeScalar.Of(value), torch.ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(NativeScalar.Of(value), torch.ScalarType.Bool);

    /// <summary>Nothing to free here; the genuine package has a native object behind a scalar.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Conversions between numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    public static double ToDouble(this Scalar value) => value.AsDouble;

    public static int ToInt32(this Scalar value) => (int)value.AsLong;

    public static long ToInt64(this Scalar value) => value.AsLong;

    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
