using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor in row-major order, whatever the strides.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is TorchSharp's.")]
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (!tensor.is_cpu())
        {
            throw new InvalidOperationException(
                $"the elements of a tensor on {tensor.device} cannot be read; call cpu() first");
        }
        if (torch.TypeOf<T>() != tensor.dtype)
            throw new ArgumentException($"data<{typeof(T).Name}>() on a tensor of {tensor.dtype}");
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }

    /// <param name="indices">One for each axis.</param>
    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public T[] ToArray()
    {
        var values = new T[Count];
        CopyTo(values.AsSpan());
        return values;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies from the element at <paramref name="tensorIndex"/> on, as many as fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Count - tensorIndex);
        var data = (T*)tensor.DataPointer;
        if (contiguous)
        {
            new ReadOnlySpan<T>(data + tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < count; i++) target[i] = data[Offset(tensorIndex + i)];
        }
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>
    /// Writes elements from <paramref name="tensorIndex"/> on, as many as are given and fit.
    /// </summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        var data = (T*)tensor.DataPointer;
        if (contiguous)
        {
            source[..count].CopyTo(new Span<T>(data + tensorIndex, count));
        }
        else
        {
            for (var i = 0; i < count; i++) data[Offset(tensorIndex + i)] = source[i];
        }
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to free: the tensor stays as it is.</summary>
    public void Dispose()
    {
    }

    private T* At(long[] indices)
    {
        if (indices.Length != shape.Length)
        {
            throw new ArgumentException(
                $"{indices.Length} indices given for a tensor of shape [{torch.Tensor.Listed(shape)}]",
                    nameof(indices));
        }
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            var index = indices[i] < 0 ? indices[i] + shape[i] : indices[i];
            if ((ulong)index >= (ulong)shape[i])
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), indices[i], $"axis {i} of shape [{torch.Tensor.Listed(shape)}]");
            }
            offset += index * strides[i];
        }
        return (T*)tensor.DataPointer + offset;
    }

    private long Offset(long element)
    {
        var offset = 0L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            element = Math.DivRem(element, shape[i], out var at);
            offset += at * strides[i];
        }
        return offset;
    }
}
