namespace TorchSharp;

public static partial class torch
{
    // Each copies its values; the element type is the array's unless dtype asks for another.

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Made(new ReadOnlySpan<float>(in scalar), [], null, device, requires_grad);

    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<float>(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<float>(ArrayOf(rawArray), [rawArray.Count], dtype, device,
            requires_grad);

    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<float>(ArrayOf(rawArray), dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<float>(ArrayOf(rawArray), [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<float>(ArrayOf(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(Memory<float> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<float>(rawArray.Span, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(new ReadOnlySpan<double>(in scalar), [], dtype, device, requires_grad);

    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<double>(rawArray, [rawArray.Length], dtype, device,
            requires_grad);

    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<double>(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<double>(ArrayOf(rawArray), [rawArray.Count], dtype, device,
            requires_grad);

    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<double>(ArrayOf(rawArray), [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<double>(ArrayOf(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(Memory<double> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<double>(rawArray.Span, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Made(new ReadOnlySpan<int>(in scalar), [], null, device, requires_grad);

    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<int>(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<int>(ArrayOf(rawArray), [rawArray.Count], dtype, device,
            requires_grad);

    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<int>(ArrayOf(rawArray), dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<int>(ArrayOf(rawArray), [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<int>(ArrayOf(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(new ReadOnlySpan<long>(in scalar), [], dtype, device, requires_grad);

    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<long>(dataArray, [dataArray.Length], dtype, device,
            requires_grad);

    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<long>(dataArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<long>(ArrayOf(rawArray), [rawArray.Count], dtype, device,
            requires_grad);

    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<long>(ArrayOf(rawArray), dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<long>(ArrayOf(rawArray), [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<long>(ArrayOf(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => from_array(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(Memory<long> rawArray, ReadOnlySpan<long> dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<long>(rawArray.Span, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(new ReadOnlySpan<bool>(in scalar), [], dtype, device, requires_grad);

    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<bool>(rawArray, [rawArray.Length], dtype, device,
            requires_grad);

    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<bool>(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Made<bool>(ArrayOf(rawArray), [rawArray.Count], dtype, device,
            requires_grad);

    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<bool>(ArrayOf(rawArray), dimensions, dtype, device, requires_grad);

    public static Tensor tensor(IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made<bool>(ArrayOf(rawArray), [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made<bool>(ArrayOf(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad);

    private static T[] ArrayOf<T>(IList<T> values) => values as T[] ?? values.ToArray();
}
