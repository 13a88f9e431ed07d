using System.Globalization;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public ScalarType dtype => (ScalarType)Kept(Native.ts_dtype(Handle));

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)Kept(Native.ts_device_type(Handle));

        public int device_index => Kept(Native.ts_device_index(Handle));

        /// <value>The number of axes.</value>
        public long Dimensions => Kept(Native.ts_dim(Handle));

        public long ndim => Dimensions;

        public long NumberOfElements => Kept(Native.ts_numel(Handle));

        /// <value>Bytes of one element.</value>
        public long ElementSize => Kept(Native.ts_element_size(Handle));

        public bool is_leaf => Kept(Native.ts_is_leaf(Handle)) != 0;

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* at = sizes) Native.ts_sizes(Handle, at);
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long[] size() => shape;

        /// <param name="dim">Counted from the end where negative.</param>
        public long size(int dim)
        {
            var sizes = shape;
            var at = dim < 0 ? dim + sizes.Length : dim;
            if ((uint)at >= (uint)sizes.Length)
                throw new ArgumentOutOfRangeException(nameof(dim), dim,
                    $"the tensor has shape [{Listed(sizes)}]");
            return sizes[at];
        }

        public unsafe long[] stride()
        {
            var steps = new long[Dimensions];
            fixed (long* at = steps) Native.ts_strides(Handle, at);
            GC.KeepAlive(this);
            return steps;
        }

        public long storage_offset() => Kept(Native.ts_storage_offset(Handle));

        public bool is_contiguous() => Kept(Native.ts_is_contiguous(Handle)) != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>The one element of a tensor of one element, as any number type.</summary>
        public unsafe Scalar ToScalar()
        {
            long integer;
            double real;
            Native.Check(Native.ts_item(Handle, &integer, &real));
            return Scalar.OfItem(dtype, integer, real);
        }

        /// <summary>The one element of a tensor of one element.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element
        /// type.</exception>
        public unsafe T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException(
                    $"item() needs a tensor of one element; the shape is [{Listed(shape)}]");
            if (TypeOf<T>() != dtype)
                throw new ArgumentException($"item<{typeof(T).Name}>() on a tensor of {dtype}");
            if (is_cpu())
            {
                var value = *(T*)Native.ts_data(Handle);
                GC.KeepAlive(this);
                return value;
            }
            using var here = cpu();
            return here.item<T>();
        }

        /// <summary>A view of the elements for reading and writing. The tensor must be on the CPU.</summary>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged => new(this);

        /// <value>The memory of a contiguous CPU tensor; writing to it changes the tensor.</value>
        public unsafe Span<byte> bytes
        {
            get
            {
                MustBePlain("bytes");
                var length = checked((int)(NumberOfElements * ElementSize));
                return new Span<byte>((void*)Native.ts_data(Handle), length);
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException(
                        $"{value.Length} bytes given; the tensor has {target.Length}");
                value.CopyTo(target);
            }
        }

        public override string ToString() => IsInvalid
            ? "disposed tensor"
            : $"[{Listed(shape).Replace(", ", "x")}], type = {dtype}, device = {device}";

        internal unsafe void* DataPointer => (void*)Native.ts_data(Handle);

        internal static string Listed(ReadOnlySpan<long> sizes)
        {
            var words = new string[sizes.Length];
            for (var i = 0; i < sizes.Length; i++) words[i] = sizes[i].ToString(CultureInfo.InvariantCulture);
            return string.Join(", ", words);
        }

        internal void MustBePlain(string what)
        {
            if (!is_cpu()) throw new InvalidOperationException(
                $"{what} needs a tensor on the CPU; this one is on {device}");
            if (!is_contiguous())
                throw new InvalidOperationException(
                    $"{what} needs a contiguous tensor; call contiguous() first");
        }

        private T Kept<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
