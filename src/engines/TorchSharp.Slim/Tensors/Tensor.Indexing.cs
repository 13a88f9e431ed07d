using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The part of the tensor that the index names; a view where no entry is a tensor.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[long i1]
        {
            get => index(i1);
            set => index_put_(value, i1);
        }

        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        /// <summary>Advanced indexing: each tensor lists positions along its axis, or is a mask.</summary>
        public Tensor this[params Tensor[] indices]
        {
            get => index(Array.ConvertAll(indices, TensorIndex.Tensor));
            set => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var entries = Array.ConvertAll(indices, one => one.Native());
            nint result;
            fixed (NativeIndex* at = entries) result = Native.ts_index(Handle, at, entries.Length);
            GC.KeepAlive(indices);
            return Taken(result);
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var entries = Array.ConvertAll(indices, one => one.Native());
            int status;
            fixed (NativeIndex* at = entries)
                status = Native.ts_index_put_(Handle, at, entries.Length, value.Handle);
            GC.KeepAlive(indices);
            return InPlace(status, value);
        }

        public Tensor index_select(long dim, Tensor index) =>
            Taken(Native.ts_index_select(Handle, dim, index.Handle), index);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace(Native.ts_index_add_(Handle, dim, index.Handle, source.Handle, alpha.Value), index,
                source);

        /// <summary>out[i][j] = this[i][index[i][j]] along axis 1, and so on for other axes.</summary>
        public Tensor gather(long dim, Tensor index) =>
            Taken(Native.ts_gather(Handle, dim, index.Handle), index);

        public Tensor scatter(long dim, Tensor index, Tensor src)
        {
            var result = Native.ts_scatter(Handle, dim, index.Handle, src.Handle);
            GC.KeepAlive(index);
            return Taken(result, src);
        }

        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            InPlace(Native.ts_scatter_(Handle, dim, index.Handle, src.Handle), index, src);

        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Taken(Native.ts_masked_fill(Handle, mask.Handle, value.Value), mask);

        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            InPlace(Native.ts_masked_fill_(Handle, mask.Handle, value.Value), mask);

        public Tensor masked_select(Tensor mask) => Binary(mask, &Native.ts_masked_select);
    }
}
