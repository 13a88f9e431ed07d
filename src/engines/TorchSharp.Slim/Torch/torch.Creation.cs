using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        var (type, target) = Where(dtype, device);
        fixed (long* at = size)
        {
            return Native.Take(Native.ts_empty(
                at, size.Length, (int)type, (int)target.type, target.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => empty((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => empty([size], dtype, device, requires_grad);

    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => empty([rows, columns], dtype, device, requires_grad);

    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => empty([dim0, dim1, dim2], dtype, device, requires_grad);

    /// <param name="value">Every element; where <paramref name="dtype"/> is null it is float32 whatever the
    /// value's kind.</param>
    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false)
    {
        var (type, target) = Where(dtype, device);
        fixed (long* at = size)
        {
            return Native.Take(Native.ts_full(
                at, size.Length, value.Value, (int)type, (int)target.type, target.index,
                requires_grad ? 1 : 0));
        }
    }

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full((ReadOnlySpan<long>)size, value, dtype, device, requires_grad);

    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full([size], value, dtype, device, requires_grad);

    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => full([rows, columns], value, dtype, device, requires_grad);

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full(size, 0, dtype, device, requires_grad);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full(size, 0, dtype, device, requires_grad);

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full([size], 0, dtype, device, requires_grad);

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full([rows, columns], 0, dtype, device, requires_grad);

    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => full([dim0, dim1, dim2], 0, dtype, device, requires_grad);

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full(size, 1, dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full(size, 1, dtype, device, requires_grad);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full([size], 1, dtype, device, requires_grad);

    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full([rows, columns], 1, dtype, device, requires_grad);

    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => full([dim0, dim1, dim2], 1, dtype, device, requires_grad);

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        var (type, target) = Where(dtype, device);
        return Native.Take(Native.ts_eye(rows, columns < 0 ? rows : columns, (int)type, (int)target.type,
            target.index, requires_grad ? 1 : 0));
    }

    /// <summary>
    /// start, start + step, … below stop; int64 where all three are integers, else float32.
    /// </summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false)
    {
        var integers = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var (type, target) = Where(dtype ?? (integers ? ScalarType.Int64 : ScalarType.Float32), device);
        return Native.Take(Native.ts_arange(start.Value, stop.Value, step.Value, (int)type, (int)target.type,
            target.index, requires_grad ? 1 : 0));
    }

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false)
    {
        var (type, target) = Where(dtype, device);
        return Native.Take(Native.ts_linspace(start, end, steps, (int)type, (int)target.type, target.index,
            requires_grad ? 1 : 0));
    }

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.zeros_like(dtype, device, requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.ones_like(dtype, device, requires_grad);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.empty_like(dtype, device, requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => input.full_like(value, dtype, device, requires_grad);

    /// <summary>Copies an array of any rank; the tensor has the array's shape.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null,
        bool requires_grad = false)
    {
        var sizes = new long[rawArray.Rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = rawArray.GetLongLength(i);
        return rawArray switch
        {
            _ when rawArray.GetType().GetElementType() == typeof(float) => Copy<float>(rawArray),
            _ when rawArray.GetType().GetElementType() == typeof(double) => Copy<double>(rawArray),
            _ when rawArray.GetType().GetElementType() == typeof(long) => Copy<long>(rawArray),
            _ when rawArray.GetType().GetElementType() == typeof(int) => Copy<int>(rawArray),
            _ when rawArray.GetType().GetElementType() == typeof(bool) => Copy<bool>(rawArray),
            _ when rawArray.GetType().GetElementType() == typeof(byte) => Copy<byte>(rawArray),
            _ => throw new ArgumentException(
                $"an array of {rawArray.GetType().GetElementType()?.Name} cannot become a tensor; "
                + "its elements must be float, double, long, int, bool or byte", nameof(rawArray)),
        };

        Tensor Copy<T>(Array array) where T : unmanaged
        {
            ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array));
            return Made(MemoryMarshal.CreateReadOnlySpan(ref first, array.Length), sizes, dtype, device,
                requires_grad);
        }
    }

    public static Tensor from_array(Array rawArray, Device? device = null) =>
        from_array(rawArray, null, device);

    internal static (ScalarType type, Device device) Where(ScalarType? dtype, Device? device) =>
        (dtype ?? ScalarType.Float32, device ?? CPU);

    /// <summary>Copies row-major values into a tensor of the given shape.</summary>
    internal static Tensor Made<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype,
        Device? device,
        bool requiresGrad) where T : unmanaged
    {
        var own = TypeOf<T>();
        var target = device ?? CPU;
        var converts = dtype is { } wanted && wanted != own;
        nint made;
        fixed (T* from = values)
        fixed (long* at = sizes)
        {
            made = Native.ts_from_data(from, (long)values.Length * sizeof(T), at, sizes.Length, (int)own,
                (int)target.type, target.index, requiresGrad && !converts ? 1 : 0);
        }
        var tensor = Native.Take(made);
        if (converts) tensor = tensor.to_type(dtype!.Value, disposeAfter: true);
        return requiresGrad && converts ? tensor.requires_grad_() : tensor;
    }
}
