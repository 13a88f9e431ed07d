using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Reductions over all elements give a tensor without axes; over some axes they drop those, or keep them
    // with size 1 (keepdim).
    public unsafe partial class Tensor
    {
        /// <param name="type">The type to sum in; where null the tensor's own, or int64 for integers.</param>
        /// <exception cref="ArgumentException">
        /// The type is Byte: C# reads <c>sum(0)</c> so, where the sum over axis 0 is meant.
        /// </exception>
        public Tensor sum(ScalarType? type = null)
        {
            if (type == ScalarType.Byte)
            {
                throw new ArgumentException(
                    "sum(0) asks for a sum of bytes; write sum(0L) for the sum over axis 0");
            }
            return type is null ? Unary(&Native.ts_sum) : sum(ReadOnlySpan<long>.Empty, false, type);
        }

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* at = dim)
                return Taken(Native.ts_sum_dims(Handle, at, dim.Length, keepdim ? 1 : 0, Code(type)));
        }

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)dim, keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            sum(new ReadOnlySpan<long>(in dim), keepdim, type);

        public Tensor mean() => Unary(&Native.ts_mean);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* at = dimensions)
                return Taken(Native.ts_mean_dims(Handle, at, dimensions.Length, keepdim ? 1 : 0, Code(type)));
        }

        /// <param name="unbiased">Whether to divide by n − 1.</param>
        public Tensor std(bool unbiased = true) => Taken(Native.ts_std(Handle, unbiased ? 1 : 0));

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false,
            ScalarType? type = null)
        {
            fixed (long* at = dimensions)
            {
                return AsType(type, Taken(Native.ts_std_dims(
                    Handle, at, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0)));
            }
        }

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor var(bool unbiased = true) => Taken(Native.ts_var(Handle, unbiased ? 1 : 0));

        /// <inheritdoc cref="std(bool)"/>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false,
            ScalarType? type = null)
        {
            fixed (long* at = dimensions)
            {
                return AsType(type, Taken(Native.ts_var_dims(
                    Handle, at, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0)));
            }
        }

        /// <inheritdoc cref="std(bool)"/>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor prod() => Unary(&Native.ts_prod);

        public Tensor norm(float p = 2.0f) => Taken(Native.ts_norm(Handle, p));

        public Tensor median() => Unary(&Native.ts_median);

        public Tensor min() => Unary(&Native.ts_min);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            nint at;
            var values = Native.ts_min_dim(Handle, dim, keepdim ? 1 : 0, &at);
            return (Taken(values), Native.Take(at));
        }

        public Tensor max() => Unary(&Native.ts_max);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            nint at;
            var values = Native.ts_max_dim(Handle, dim, keepdim ? 1 : 0, &at);
            return (Taken(values), Native.Take(at));
        }

        public Tensor amin(long[] dims, bool keepdim = false)
        {
            fixed (long* at = dims) return Taken(Native.ts_amin(Handle, at, dims.Length, keepdim ? 1 : 0));
        }

        public Tensor amax(long[] dims, bool keepdim = false)
        {
            fixed (long* at = dims) return Taken(Native.ts_amax(Handle, at, dims.Length, keepdim ? 1 : 0));
        }

        public Tensor argmin() => Unary(&Native.ts_argmin);

        public Tensor argmin(long dim, bool keepdim = false) =>
            Taken(Native.ts_argmin_dim(Handle, dim, keepdim ? 1 : 0));

        public Tensor argmax() => Unary(&Native.ts_argmax);

        public Tensor argmax(long dim, bool keepdim = false) =>
            Taken(Native.ts_argmax_dim(Handle, dim, keepdim ? 1 : 0));

        public Tensor all() => Unary(&Native.ts_all);

        public Tensor all(long dim, bool keepdim = false) =>
            Taken(Native.ts_all_dim(Handle, dim, keepdim ? 1 : 0));

        public Tensor any() => Unary(&Native.ts_any);

        public Tensor any(long dim, bool keepdim = false) =>
            Taken(Native.ts_any_dim(Handle, dim, keepdim ? 1 : 0));

        public Tensor cumsum(long dim, ScalarType? type = null) =>
            Taken(Native.ts_cumsum(Handle, dim, Code(type)));

        /// <summary>log Σ exp, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Taken(Native.ts_logsumexp(Handle, dim, keepdim ? 1 : 0));

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false,
            bool stable = false)
        {
            nint at;
            var values = Native.ts_sort(Handle, dim, descending ? 1 : 0, stable ? 1 : 0, &at);
            return (Taken(values), Native.Take(at));
        }

        public Tensor argsort(long dim = -1, bool descending = false)
        {
            var (values, indices) = sort(dim, descending);
            values.Dispose();
            return indices;
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true,
            bool sorted = true)
        {
            nint at;
            var values = Native.ts_topk(Handle, k, dim, largest ? 1 : 0, sorted ? 1 : 0, &at);
            return (Taken(values), Native.Take(at));
        }

        private static Tensor AsType(ScalarType? type, Tensor result)
        {
            if (type is not { } wanted || wanted == result.dtype) return result;
            using (result) return result.to_type(wanted);
        }
    }
}
