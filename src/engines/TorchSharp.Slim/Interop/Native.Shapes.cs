using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// The functions of native/shapes.cpp, in its order.
internal static unsafe partial class Native
{
    [DllImport(Library)]
    internal static extern nint ts_sum_dims(nint t, long* dims, long n, int keep, int type);
    [DllImport(Library)]
    internal static extern nint ts_mean_dims(nint t, long* dims, long n, int keep, int type);
    [DllImport(Library)] internal static extern nint ts_std(nint t, int unbiased);
    [DllImport(Library)] internal static extern nint ts_var(nint t, int unbiased);
    [DllImport(Library)]
    internal static extern nint ts_std_dims(nint t, long* dims, long n, int unbiased, int keep);
    [DllImport(Library)]
    internal static extern nint ts_var_dims(nint t, long* dims, long n, int unbiased, int keep);
    [DllImport(Library)] internal static extern nint ts_norm(nint t, double p);
    [DllImport(Library)] internal static extern nint ts_cumsum(nint t, long dim, int type);
    [DllImport(Library)] internal static extern nint ts_logsumexp(nint t, long dim, int keep);
    [DllImport(Library)] internal static extern nint ts_argmax_dim(nint t, long dim, int keep);
    [DllImport(Library)] internal static extern nint ts_argmin_dim(nint t, long dim, int keep);
    [DllImport(Library)] internal static extern nint ts_all_dim(nint t, long dim, int keep);
    [DllImport(Library)] internal static extern nint ts_any_dim(nint t, long dim, int keep);
    [DllImport(Library)] internal static extern nint ts_amax(nint t, long* dims, long n, int keep);
    [DllImport(Library)] internal static extern nint ts_amin(nint t, long* dims, long n, int keep);
    [DllImport(Library)] internal static extern nint ts_max_dim(nint t, long dim, int keep, nint* indices);
    [DllImport(Library)] internal static extern nint ts_min_dim(nint t, long dim, int keep, nint* indices);
    [DllImport(Library)]
    internal static extern nint ts_sort(nint t, long dim, int descending, int stable, nint* indices);
    [DllImport(Library)]
    internal static extern nint ts_topk(nint t, long k, long dim, int largest, int sorted, nint* indices);
    [DllImport(Library)] internal static extern nint ts_view(nint t, long* s, long n);
    [DllImport(Library)] internal static extern nint ts_reshape(nint t, long* s, long n);
    [DllImport(Library)] internal static extern nint ts_permute(nint t, long* s, long n);
    [DllImport(Library)] internal static extern nint ts_expand(nint t, long* s, long n, int @implicit);
    [DllImport(Library)] internal static extern nint ts_repeat(nint t, long* s, long n);
    [DllImport(Library)] internal static extern nint ts_flip(nint t, long* s, long n);
    [DllImport(Library)] internal static extern nint ts_transpose(nint t, long a, long b);
    [DllImport(Library)] internal static extern nint ts_squeeze_dim(nint t, long dim);
    [DllImport(Library)] internal static extern nint ts_unsqueeze(nint t, long dim);
    [DllImport(Library)] internal static extern nint ts_flatten(nint t, long a, long b);
    [DllImport(Library)] internal static extern nint ts_narrow(nint t, long dim, long start, long length);
    [DllImport(Library)]
    internal static extern nint ts_slice(nint t, long dim, long start, long stop, long step);
    [DllImport(Library)] internal static extern nint ts_select(nint t, long dim, long at);
    [DllImport(Library)] internal static extern nint ts_index_select(nint t, long dim, nint index);
    [DllImport(Library)] internal static extern nint ts_gather(nint t, long dim, nint index);
    [DllImport(Library)] internal static extern nint ts_scatter(nint t, long dim, nint index, nint source);
    [DllImport(Library)] internal static extern int ts_scatter_(nint t, long dim, nint index, nint source);
    [DllImport(Library)]
    internal static extern int ts_index_add_(nint t, long dim, nint index, nint source, NativeScalar alpha);
    [DllImport(Library)] internal static extern nint ts_masked_fill(nint t, nint mask, NativeScalar v);
    [DllImport(Library)] internal static extern int ts_masked_fill_(nint t, nint mask, NativeScalar v);
    [DllImport(Library)] internal static extern nint ts_tril(nint t, long k);
    [DllImport(Library)] internal static extern nint ts_triu(nint t, long k);
    [DllImport(Library)] internal static extern nint ts_diag(nint t, long k);
    [DllImport(Library)] internal static extern nint ts_cat(nint* items, long n, long dim);
    [DllImport(Library)] internal static extern nint ts_stack(nint* items, long n, long dim);
    [DllImport(Library)] internal static extern nint ts_index(nint t, NativeIndex* items, long n);
    [DllImport(Library)]
    internal static extern int ts_index_put_(nint t, NativeIndex* items, long n, nint value);
    [DllImport(Library)] internal static extern void ts_free_array(nint* handles);
    [DllImport(Library)] internal static extern nint* ts_unbind(nint t, long dim, long* count);
    [DllImport(Library)] internal static extern nint* ts_chunk(nint t, long n, long dim, long* count);
    [DllImport(Library)] internal static extern nint* ts_split(nint t, long size, long dim, long* count);
    [DllImport(Library)]
    internal static extern nint* ts_split_sizes(nint t, long* sizes, long n, long dim, long* count);
}
