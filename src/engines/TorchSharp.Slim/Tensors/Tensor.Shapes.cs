using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Views share the memory of the tensor they come from; reshape and flatten are views where that can be.
    public unsafe partial class Tensor
    {
        /// <value>The transpose of a matrix, as a view.</value>
        public Tensor T => t();

        public Tensor t() => Unary(&Native.ts_t);

        public Tensor view(params long[] shape)
        {
            fixed (long* at = shape) return Taken(Native.ts_view(Handle, at, shape.Length));
        }

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape)
        {
            fixed (long* at = shape) return Taken(Native.ts_reshape(Handle, at, shape.Length));
        }

        public Tensor permute(params long[] permutation)
        {
            fixed (long* at = permutation) return Taken(Native.ts_permute(Handle, at, permutation.Length));
        }

        public Tensor transpose(long dim0, long dim1) => Taken(Native.ts_transpose(Handle, dim0, dim1));

        public Tensor squeeze(long? dim = null) =>
            dim is { } one ? Taken(Native.ts_squeeze_dim(Handle, one)) : Unary(&Native.ts_squeeze);

        public Tensor unsqueeze(long dim) => Taken(Native.ts_unsqueeze(Handle, dim));

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Taken(Native.ts_flatten(Handle, start_dim, end_dim));

        /// <summary>Repeats axes of size 1 without copying; −1 keeps a size.</summary>
        public Tensor expand(params long[] sizes)
        {
            fixed (long* at = sizes) return Taken(Native.ts_expand(Handle, at, sizes.Length, 0));
        }

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor repeat(params long[] sizes)
        {
            fixed (long* at = sizes) return Taken(Native.ts_repeat(Handle, at, sizes.Length));
        }

        public Tensor flip(params long[] dims)
        {
            fixed (long* at = dims) return Taken(Native.ts_flip(Handle, at, dims.Length));
        }

        public Tensor narrow(long dim, long start, long length) =>
            Taken(Native.ts_narrow(Handle, dim, start, length));

        public Tensor slice(long dim, long start, long finish, long step) =>
            Taken(Native.ts_slice(Handle, dim, start, finish, step));

        public Tensor select(long dim, long index) => Taken(Native.ts_select(Handle, dim, index));

        public Tensor tril(long diagonal = 0) => Taken(Native.ts_tril(Handle, diagonal));

        public Tensor triu(long diagonal = 0) => Taken(Native.ts_triu(Handle, diagonal));

        public Tensor diag(long diagonal = 0) => Taken(Native.ts_diag(Handle, diagonal));

        public Tensor nonzero() => Unary(&Native.ts_nonzero);

        public Tensor[] unbind(long dimension = 0L)
        {
            long count;
            return Several(Native.ts_unbind(Handle, dimension, &count), &count);
        }

        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            long count;
            return Several(Native.ts_chunk(Handle, chunks, dim, &count), &count);
        }

        public Tensor[] split(long size, int dim = 0)
        {
            long count;
            return Several(Native.ts_split(Handle, size, dim, &count), &count);
        }

        public Tensor[] split(long[] sizes, long dim = 0)
        {
            long count;
            fixed (long* at = sizes)
                return Several(Native.ts_split_sizes(Handle, at, sizes.Length, dim, &count), &count);
        }

        public Tensor clone() => Unary(&Native.ts_clone);

        /// <summary>Another tensor over the same memory, with the same history.</summary>
        public Tensor alias() => Unary(&Native.ts_alias);

        public Tensor contiguous() => Unary(&Native.ts_contiguous);

        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null) => to(device ?? CUDA);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false,
            bool disposeAfter = false,
            bool non_blocking = false) => To(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter,
                non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            To(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) => To(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            To(type, device, copy, disposeAfter, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            To(type, device, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @bool() => to_type(ScalarType.Bool);

        // libtorch gives the same object where nothing changes; the wrapper is a new one all the same.
        private Tensor To(ScalarType type, Device target, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var moved = Taken(Native.ts_to(
                Handle, (int)type, (int)target.type, target.index, copy ? 1 : 0, nonBlocking ? 1 : 0));
            if (disposeAfter) Dispose();
            return moved;
        }

        private Tensor[] Several(nint* parts, long* count)
        {
            GC.KeepAlive(this);
            if (parts == null) throw Native.Fail();
            var made = new Tensor[*count];
            for (var i = 0; i < made.Length; i++) made[i] = new Tensor(parts[i]);
            Native.ts_free_array(parts);
            return made;
        }
    }
}
