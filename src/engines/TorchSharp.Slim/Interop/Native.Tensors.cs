using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// The functions of native/tensors.cpp, in its order.
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern nint ts_last_error();
    [DllImport(Library)] internal static extern nint ts_version();
    [DllImport(Library)] internal static extern int ts_set_num_threads(int n);
    [DllImport(Library)] internal static extern int ts_get_num_threads();
    [DllImport(Library)] internal static extern int ts_set_num_interop_threads(int n);
    [DllImport(Library)] internal static extern int ts_get_num_interop_threads();
    [DllImport(Library)] internal static extern int ts_cuda_is_available();
    [DllImport(Library)] internal static extern int ts_manual_seed(long seed);
    [DllImport(Library)] internal static extern int ts_grad_enabled();
    [DllImport(Library)] internal static extern void ts_set_grad_enabled(int on);
    [DllImport(Library)] internal static extern nint ts_rng_state();
    [DllImport(Library)] internal static extern int ts_set_rng_state(nint state);
    [DllImport(Library)] internal static extern void ts_free(nint t);
    [DllImport(Library)] internal static extern long ts_dim(nint t);
    [DllImport(Library)] internal static extern long ts_numel(nint t);
    [DllImport(Library)] internal static extern long ts_element_size(nint t);
    [DllImport(Library)] internal static extern long ts_storage_offset(nint t);
    [DllImport(Library)] internal static extern int ts_dtype(nint t);
    [DllImport(Library)] internal static extern int ts_device_type(nint t);
    [DllImport(Library)] internal static extern int ts_device_index(nint t);
    [DllImport(Library)] internal static extern int ts_requires_grad(nint t);
    [DllImport(Library)] internal static extern int ts_is_leaf(nint t);
    [DllImport(Library)] internal static extern int ts_is_contiguous(nint t);
    [DllImport(Library)] internal static extern nint ts_data(nint t);
    [DllImport(Library)] internal static extern void ts_sizes(nint t, long* @out);
    [DllImport(Library)] internal static extern void ts_strides(nint t, long* @out);
    [DllImport(Library)] internal static extern int ts_set_requires_grad(nint t, int on);
    [DllImport(Library)] internal static extern int ts_retain_grad(nint t);
    [DllImport(Library)] internal static extern nint ts_grad(nint t);
    [DllImport(Library)] internal static extern int ts_has_grad(nint t);
    [DllImport(Library)] internal static extern int ts_set_grad(nint t, nint grad);
    [DllImport(Library)]
    internal static extern int ts_backward(nint t, nint grad, int has_retain, int retain, int create,
        nint* inputs, long count);
    [DllImport(Library)] internal static extern int ts_item(nint t, long* integer, double* real);
    [DllImport(Library)]
    internal static extern nint ts_empty(long* sizes, long rank, int type, int device, int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_full(long* sizes, long rank, NativeScalar value, int type, int device,
        int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_arange(NativeScalar start, NativeScalar stop, NativeScalar step,
        int type, int device, int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_linspace(double start, double end, long steps, int type, int device,
        int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_eye(long rows, long columns, int type, int device, int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_rand(long* sizes, long rank, int normal, int type, int device,
        int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_randint(long low, long high, long* sizes, long rank, int type,
        int device, int index);
    [DllImport(Library)] internal static extern nint ts_randperm(long n, int type, int device, int index);
    [DllImport(Library)]
    internal static extern nint ts_from_data(void* data, long bytes, long* sizes, long rank, int type,
        int device, int index, int grad);
    [DllImport(Library)]
    internal static extern nint ts_to(nint t, int type, int device, int index, int copy, int non_blocking);
    [DllImport(Library)] internal static extern nint ts_abs(nint t);
    [DllImport(Library)] internal static extern nint ts_neg(nint t);
    [DllImport(Library)] internal static extern nint ts_exp(nint t);
    [DllImport(Library)] internal static extern nint ts_expm1(nint t);
    [DllImport(Library)] internal static extern nint ts_log(nint t);
    [DllImport(Library)] internal static extern nint ts_log1p(nint t);
    [DllImport(Library)] internal static extern nint ts_sqrt(nint t);
    [DllImport(Library)] internal static extern nint ts_rsqrt(nint t);
    [DllImport(Library)] internal static extern nint ts_reciprocal(nint t);
    [DllImport(Library)] internal static extern nint ts_tanh(nint t);
    [DllImport(Library)] internal static extern nint ts_atanh(nint t);
    [DllImport(Library)] internal static extern nint ts_sin(nint t);
    [DllImport(Library)] internal static extern nint ts_cos(nint t);
    [DllImport(Library)] internal static extern nint ts_erf(nint t);
    [DllImport(Library)] internal static extern nint ts_floor(nint t);
    [DllImport(Library)] internal static extern nint ts_ceil(nint t);
    [DllImport(Library)] internal static extern nint ts_round(nint t);
    [DllImport(Library)] internal static extern nint ts_sign(nint t);
    [DllImport(Library)] internal static extern nint ts_sigmoid(nint t);
    [DllImport(Library)] internal static extern nint ts_log_sigmoid(nint t);
    [DllImport(Library)] internal static extern nint ts_relu(nint t);
    [DllImport(Library)] internal static extern nint ts_silu(nint t);
    [DllImport(Library)] internal static extern nint ts_gelu(nint t);
    [DllImport(Library)] internal static extern nint ts_isfinite(nint t);
    [DllImport(Library)] internal static extern nint ts_isnan(nint t);
    [DllImport(Library)] internal static extern nint ts_isinf(nint t);
    [DllImport(Library)] internal static extern nint ts_logical_not(nint t);
    [DllImport(Library)] internal static extern nint ts_alias(nint t);
    [DllImport(Library)] internal static extern nint ts_detach(nint t);
    [DllImport(Library)] internal static extern nint ts_clone(nint t);
    [DllImport(Library)] internal static extern nint ts_contiguous(nint t);
    [DllImport(Library)] internal static extern nint ts_sum(nint t);
    [DllImport(Library)] internal static extern nint ts_mean(nint t);
    [DllImport(Library)] internal static extern nint ts_prod(nint t);
    [DllImport(Library)] internal static extern nint ts_min(nint t);
    [DllImport(Library)] internal static extern nint ts_max(nint t);
    [DllImport(Library)] internal static extern nint ts_argmax(nint t);
    [DllImport(Library)] internal static extern nint ts_argmin(nint t);
    [DllImport(Library)] internal static extern nint ts_all(nint t);
    [DllImport(Library)] internal static extern nint ts_any(nint t);
    [DllImport(Library)] internal static extern nint ts_median(nint t);
    [DllImport(Library)] internal static extern nint ts_nonzero(nint t);
    [DllImport(Library)] internal static extern nint ts_t(nint t);
    [DllImport(Library)] internal static extern nint ts_squeeze(nint t);
    [DllImport(Library)] internal static extern nint ts_empty_like(nint t);
    [DllImport(Library)] internal static extern nint ts_zeros_like(nint t);
    [DllImport(Library)] internal static extern nint ts_ones_like(nint t);
    [DllImport(Library)] internal static extern nint ts_rand_like(nint t);
    [DllImport(Library)] internal static extern nint ts_randn_like(nint t);
    [DllImport(Library)] internal static extern nint ts_bernoulli(nint t);
    [DllImport(Library)] internal static extern int ts_abs_(nint t);
    [DllImport(Library)] internal static extern int ts_neg_(nint t);
    [DllImport(Library)] internal static extern int ts_exp_(nint t);
    [DllImport(Library)] internal static extern int ts_log_(nint t);
    [DllImport(Library)] internal static extern int ts_sqrt_(nint t);
    [DllImport(Library)] internal static extern int ts_reciprocal_(nint t);
    [DllImport(Library)] internal static extern int ts_tanh_(nint t);
    [DllImport(Library)] internal static extern int ts_sigmoid_(nint t);
    [DllImport(Library)] internal static extern int ts_relu_(nint t);
    [DllImport(Library)] internal static extern int ts_silu_(nint t);
    [DllImport(Library)] internal static extern int ts_zero_(nint t);
    [DllImport(Library)] internal static extern int ts_detach_(nint t);
    [DllImport(Library)] internal static extern nint ts_mul(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_div(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_pow(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_remainder(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_maximum(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_minimum(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_eq(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_ne(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_lt(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_le(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_gt(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_ge(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_logical_and(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_logical_or(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_matmul(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_mm(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_bmm(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_dot(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_masked_select(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_atan2(nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_mul_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_div_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_pow_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_remainder_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_eq_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_ne_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_lt_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_le_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_gt_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_ge_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern int ts_mul_(nint a, nint b);
    [DllImport(Library)] internal static extern int ts_div_(nint a, nint b);
    [DllImport(Library)] internal static extern int ts_mul__scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern int ts_div__scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern int ts_pow__scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern int ts_fill__scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern nint ts_add(nint a, nint b, NativeScalar alpha);
    [DllImport(Library)] internal static extern nint ts_sub(nint a, nint b);
    [DllImport(Library)]
    internal static extern nint ts_add_scalar(nint a, NativeScalar b, NativeScalar alpha);
    [DllImport(Library)] internal static extern nint ts_sub_scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern int ts_add_(nint a, nint b, NativeScalar alpha);
    [DllImport(Library)] internal static extern int ts_sub_(nint a, nint b);
    [DllImport(Library)]
    internal static extern int ts_add__scalar(nint a, NativeScalar b, NativeScalar alpha);
    [DllImport(Library)] internal static extern int ts_sub__scalar(nint a, NativeScalar b);
    [DllImport(Library)] internal static extern int ts_copy_(nint a, nint b, int non_blocking);
    [DllImport(Library)] internal static extern nint ts_addcmul(nint t, nint a, nint b, NativeScalar v);
    [DllImport(Library)] internal static extern int ts_addcmul_(nint t, nint a, nint b, NativeScalar v);
    [DllImport(Library)] internal static extern int ts_addcdiv_(nint t, nint a, nint b, NativeScalar v);
    [DllImport(Library)] internal static extern nint ts_lerp(nint a, nint b, nint w);
    [DllImport(Library)] internal static extern int ts_lerp_(nint a, nint b, nint w);
    [DllImport(Library)]
    internal static extern nint ts_addmm(nint t, nint a, nint b, double beta, double alpha);
    [DllImport(Library)] internal static extern nint ts_where(nint c, nint a, nint b);
    [DllImport(Library)] internal static extern nint ts_clamp(nint t, NativeScalar low, NativeScalar high);
    [DllImport(Library)] internal static extern int ts_clamp_(nint t, NativeScalar low, NativeScalar high);
    [DllImport(Library)] internal static extern nint ts_clamp_tensor(nint t, nint low, nint high);
    [DllImport(Library)]
    internal static extern int ts_allclose(nint a, nint b, double rtol, double atol, int equal_nan,
        int* @out);
    [DllImport(Library)] internal static extern int ts_uniform_(nint t, double low, double high);
    [DllImport(Library)] internal static extern int ts_normal_(nint t, double mean, double deviation);
    [DllImport(Library)] internal static extern int ts_bernoulli_(nint t, double p);
    [DllImport(Library)] internal static extern nint ts_multinomial(nint t, long samples, int replacement);
}
