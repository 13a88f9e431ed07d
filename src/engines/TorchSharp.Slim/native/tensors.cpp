// Tensors: settings of the process, properties, autograd, creation, arithmetic.
#include "boundary.h"
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

namespace {
thread_local std::string last_error;
}

void ts_fail(const char* message) { last_error = message; }

void ts_fail(const std::exception& error) {
    // The backtrace that c10 appends names addresses in libtorch and helps no reader of the message.
    const auto* known = dynamic_cast<const c10::Error*>(&error);
    last_error = known != nullptr ? known->what_without_backtrace() : error.what();
}

TS_API const char* ts_last_error() { return last_error.c_str(); }
TS_API const char* ts_version() { return TORCH_VERSION; }



// ------------------------------------------------------------------------------------- process-wide settings
TS_API int ts_set_num_threads(int n) { return status_of([&] { at::set_num_threads(n); }); }
TS_API int ts_get_num_threads() { return at::get_num_threads(); }
TS_API int ts_set_num_interop_threads(int n) { return status_of([&] { at::set_num_interop_threads(n); }); }
TS_API int ts_get_num_interop_threads() { return at::get_num_interop_threads(); }
TS_API int ts_cuda_is_available() { return at::hasCUDA() ? 1 : 0; }
TS_API int ts_manual_seed(int64_t seed) {
    return status_of([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

TS_API int ts_grad_enabled() { return at::GradMode::is_enabled() ? 1 : 0; }
TS_API void ts_set_grad_enabled(int on) { at::GradMode::set_enabled(on != 0); }

TS_API Handle ts_rng_state() {
    return tensor_of([] {
        auto generator = at::globalContext().defaultGenerator(at::kCPU);
        std::lock_guard<std::mutex> lock(generator.mutex());
        return generator.get_state();
    });
}

TS_API int ts_set_rng_state(Handle state) {
    return status_of([&] {
        auto generator = at::globalContext().defaultGenerator(at::kCPU);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(*state);
    });
}

// ------------------------------------------------------------------------------------ handles and properties
TS_API void ts_free(Handle t) { delete t; }
TS_API int64_t ts_dim(Handle t) { return t->dim(); }
TS_API int64_t ts_numel(Handle t) { return t->numel(); }
TS_API int64_t ts_element_size(Handle t) { return static_cast<int64_t>(t->element_size()); }
TS_API int64_t ts_storage_offset(Handle t) { return t->storage_offset(); }
TS_API int ts_dtype(Handle t) { return static_cast<int>(t->scalar_type()); }
TS_API int ts_device_type(Handle t) { return static_cast<int>(t->device().type()); }
TS_API int ts_device_index(Handle t) { return t->device().has_index() ? t->device().index() : -1; }
TS_API int ts_requires_grad(Handle t) { return t->requires_grad() ? 1 : 0; }
TS_API int ts_is_leaf(Handle t) { return t->is_leaf() ? 1 : 0; }
TS_API int ts_is_contiguous(Handle t) { return t->is_contiguous() ? 1 : 0; }
TS_API void* ts_data(Handle t) { return t->data_ptr(); }
TS_API void ts_sizes(Handle t, int64_t* out) { for (auto s : t->sizes()) *out++ = s; }
TS_API void ts_strides(Handle t, int64_t* out) { for (auto s : t->strides()) *out++ = s; }

TS_API int ts_set_requires_grad(Handle t, int on) {
    return status_of([&] { t->set_requires_grad(on != 0); });
}
TS_API int ts_retain_grad(Handle t) { return status_of([&] { t->retain_grad(); }); }

// A null handle without a message: there is no gradient.
TS_API Handle ts_grad(Handle t) {
    last_error.clear();
    return tensor_of([&]() -> at::Tensor { return t->grad(); });
}
TS_API int ts_has_grad(Handle t) { return t->grad().defined() ? 1 : 0; }
TS_API int ts_set_grad(Handle t, Handle grad) {
    return status_of([&] { t->mutable_grad() = grad == nullptr ? at::Tensor() : *grad; });
}

TS_API int ts_backward(Handle t, Handle grad, int has_retain, int retain, int create, Handle* inputs,
    int64_t count) {
    return status_of([&] {
        auto gradient = grad == nullptr ? at::Tensor() : *grad;
        auto keep = has_retain != 0 ? maybe<bool>(retain != 0) : maybe<bool>();
        if (inputs == nullptr) {
            t->backward(gradient, keep, create != 0);
        } else {
            auto leaves = collect(inputs, count);
            t->backward(gradient, keep, create != 0, at::TensorList(leaves));
        }
    });
}

// out: 0 for the integer kinds and booleans, 1 for the floating kinds.
TS_API int ts_item(Handle t, int64_t* integer, double* real) {
    return status_of([&] {
        auto value = t->item();
        *integer = value.isFloatingPoint() ? 0 : value.isBoolean() ? value.toBool() : value.toLong();
        *real = value.isBoolean() ? (value.toBool() ? 1.0 : 0.0) : value.toDouble();
    });
}

// ---------------------------------------------------------------------------------------------- creation
TS_API Handle ts_empty(const int64_t* sizes, int64_t rank, int type, int device, int index, int grad) {
    return tensor_of([&] {
        return at::empty(span(sizes, rank), options(type, device, index, false)).set_requires_grad(grad != 0);
    });
}
TS_API Handle ts_full(const int64_t* sizes, int64_t rank, TsScalar value, int type, int device, int index,
    int grad) {
    return tensor_of([&] {
        return at::full(span(sizes, rank), number(value),
            options(type, device, index, false)).set_requires_grad(grad != 0);
    });
}
TS_API Handle ts_arange(TsScalar start, TsScalar stop, TsScalar step, int type, int device, int index,
    int grad) {
    return tensor_of([&] {
        return at::arange(number(start), number(stop), number(step),
            options(type, device, index, false)).set_requires_grad(grad != 0);
    });
}
TS_API Handle ts_linspace(double start, double end, int64_t steps, int type, int device, int index,
    int grad) {
    return tensor_of([&] {
        return at::linspace(start, end, steps, options(type, device, index, false)).set_requires_grad(
            grad != 0);
    });
}
TS_API Handle ts_eye(int64_t rows, int64_t columns, int type, int device, int index, int grad) {
    return tensor_of([&] {
        return at::eye(rows, columns, options(type, device, index, false)).set_requires_grad(grad != 0);
    });
}
TS_API Handle ts_rand(const int64_t* sizes, int64_t rank, int normal, int type, int device, int index,
    int grad) {
    return tensor_of([&] {
        auto how = options(type, device, index, false);
        return (normal != 0 ? at::randn(span(sizes, rank), how)
            : at::rand(span(sizes, rank), how)).set_requires_grad(grad != 0);
    });
}
TS_API Handle ts_randint(int64_t low, int64_t high, const int64_t* sizes, int64_t rank, int type, int device,
    int index) {
    return tensor_of([&] {
        return at::randint(low, high, span(sizes, rank), options(type, device, index, false));
    });
}
TS_API Handle ts_randperm(int64_t n, int type, int device, int index) {
    return tensor_of([&] { return at::randperm(n, options(type, device, index, false)); });
}
// Copies `bytes` bytes of row-major data.
TS_API Handle ts_from_data(const void* data, int64_t bytes, const int64_t* sizes, int64_t rank, int type,
    int device, int index, int grad) {
    return tensor_of([&] {
        auto kind = at::TensorOptions().dtype(static_cast<at::ScalarType>(type));
        auto made = at::empty(span(sizes, rank), kind);
        TORCH_CHECK(static_cast<int64_t>(made.nbytes()) == bytes, "the data has ", bytes,
            " bytes, but a tensor of shape ",
                    made.sizes(), " and type ", made.scalar_type(), " has ", made.nbytes());
        if (bytes > 0) std::memcpy(made.data_ptr(), data, static_cast<size_t>(bytes));
        at::Device target(static_cast<at::DeviceType>(device), static_cast<c10::DeviceIndex>(index));
        return made.to(target).set_requires_grad(grad != 0);
    });
}
TS_API Handle ts_to(Handle t, int type, int device, int index, int copy, int non_blocking) {
    return tensor_of([&] {
        at::Device target(static_cast<at::DeviceType>(device), static_cast<c10::DeviceIndex>(index));
        return t->to(target, static_cast<at::ScalarType>(type), non_blocking != 0, copy != 0);
    });
}

// ---------------------------------------------------------------------------------- elementwise, one operand
#define UNARY(name, expression) \
    TS_API Handle ts_##name(Handle t) { return tensor_of([&] { return expression; }); }
#define UNARY_INPLACE(name, expression) \
    TS_API int ts_##name(Handle t) { return status_of([&] { expression; }); }

UNARY(abs, t->abs())
UNARY(neg, t->neg())
UNARY(exp, t->exp())
UNARY(expm1, t->expm1())
UNARY(log, t->log())
UNARY(log1p, t->log1p())
UNARY(sqrt, t->sqrt())
UNARY(rsqrt, t->rsqrt())
UNARY(reciprocal, t->reciprocal())
UNARY(tanh, t->tanh())
UNARY(atanh, t->atanh())
UNARY(sin, t->sin())
UNARY(cos, t->cos())
UNARY(erf, t->erf())
UNARY(floor, t->floor())
UNARY(ceil, t->ceil())
UNARY(round, t->round())
UNARY(sign, t->sign())
UNARY(sigmoid, t->sigmoid())
UNARY(log_sigmoid, at::log_sigmoid(*t))
UNARY(relu, t->relu())
UNARY(silu, at::silu(*t))
UNARY(gelu, at::gelu(*t))
UNARY(isfinite, t->isfinite())
UNARY(isnan, t->isnan())
UNARY(isinf, t->isinf())
UNARY(logical_not, t->logical_not())
UNARY(alias, t->alias())
UNARY(detach, t->detach())
UNARY(clone, t->clone())
UNARY(contiguous, t->contiguous())
UNARY(sum, t->sum())
UNARY(mean, t->mean())
UNARY(prod, t->prod())
UNARY(min, t->min())
UNARY(max, t->max())
UNARY(argmax, t->argmax())
UNARY(argmin, t->argmin())
UNARY(all, t->all())
UNARY(any, t->any())
UNARY(median, t->median())
UNARY(nonzero, t->nonzero())
UNARY(t, t->t())
UNARY(squeeze, t->squeeze())
UNARY(empty_like, at::empty_like(*t))
UNARY(zeros_like, at::zeros_like(*t))
UNARY(ones_like, at::ones_like(*t))
UNARY(rand_like, at::rand_like(*t))
UNARY(randn_like, at::randn_like(*t))
UNARY(bernoulli, t->bernoulli())

UNARY_INPLACE(abs_, t->abs_())
UNARY_INPLACE(neg_, t->neg_())
UNARY_INPLACE(exp_, t->exp_())
UNARY_INPLACE(log_, t->log_())
UNARY_INPLACE(sqrt_, t->sqrt_())
UNARY_INPLACE(reciprocal_, t->reciprocal_())
UNARY_INPLACE(tanh_, t->tanh_())
UNARY_INPLACE(sigmoid_, t->sigmoid_())
UNARY_INPLACE(relu_, t->relu_())
UNARY_INPLACE(silu_, at::silu_(*t))
UNARY_INPLACE(zero_, t->zero_())
UNARY_INPLACE(detach_, t->detach_())

// --------------------------------------------------------------------------------- elementwise, two operands
#define BINARY(name, expression) \
    TS_API Handle ts_##name(Handle a, Handle b) { return tensor_of([&] { return expression; }); }
#define SCALAR(name, expression) \
    TS_API Handle ts_##name##_scalar(Handle a, TsScalar s) { \
        return tensor_of([&] { auto b = number(s); return expression; }); \
    }
#define BINARY_INPLACE(name, expression) \
    TS_API int ts_##name(Handle a, Handle b) { return status_of([&] { expression; }); }
#define SCALAR_INPLACE(name, expression) \
    TS_API int ts_##name##_scalar(Handle a, TsScalar s) { \
        return status_of([&] { auto b = number(s); expression; }); \
    }

BINARY(mul, a->mul(*b))
BINARY(div, a->div(*b))
BINARY(pow, a->pow(*b))
BINARY(remainder, a->remainder(*b))
BINARY(maximum, at::maximum(*a, *b))
BINARY(minimum, at::minimum(*a, *b))
BINARY(eq, a->eq(*b))
BINARY(ne, a->ne(*b))
BINARY(lt, a->lt(*b))
BINARY(le, a->le(*b))
BINARY(gt, a->gt(*b))
BINARY(ge, a->ge(*b))
BINARY(logical_and, a->logical_and(*b))
BINARY(logical_or, a->logical_or(*b))
BINARY(matmul, at::matmul(*a, *b))
BINARY(mm, a->mm(*b))
BINARY(bmm, a->bmm(*b))
BINARY(dot, a->dot(*b))
BINARY(masked_select, a->masked_select(*b))
BINARY(atan2, a->atan2(*b))

SCALAR(mul, a->mul(b))
SCALAR(div, a->div(b))
SCALAR(pow, a->pow(b))
SCALAR(remainder, a->remainder(b))
SCALAR(eq, a->eq(b))
SCALAR(ne, a->ne(b))
SCALAR(lt, a->lt(b))
SCALAR(le, a->le(b))
SCALAR(gt, a->gt(b))
SCALAR(ge, a->ge(b))

BINARY_INPLACE(mul_, a->mul_(*b))
BINARY_INPLACE(div_, a->div_(*b))
SCALAR_INPLACE(mul_, a->mul_(b))
SCALAR_INPLACE(div_, a->div_(b))
SCALAR_INPLACE(pow_, a->pow_(b))
SCALAR_INPLACE(fill_, a->fill_(b))

TS_API Handle ts_add(Handle a, Handle b, TsScalar alpha) {
    return tensor_of([&] { return a->add(*b, number(alpha)); });
}
TS_API Handle ts_sub(Handle a, Handle b) { return tensor_of([&] { return a->sub(*b); }); }
TS_API Handle ts_add_scalar(Handle a, TsScalar b, TsScalar alpha) {
    return tensor_of([&] { return a->add(number(b), number(alpha)); });
}
TS_API Handle ts_sub_scalar(Handle a, TsScalar b) { return tensor_of([&] { return a->sub(number(b)); }); }
TS_API int ts_add_(Handle a, Handle b, TsScalar alpha) {
    return status_of([&] { a->add_(*b, number(alpha)); });
}
TS_API int ts_sub_(Handle a, Handle b) { return status_of([&] { a->sub_(*b); }); }
TS_API int ts_add__scalar(Handle a, TsScalar b, TsScalar alpha) {
    return status_of([&] { a->add_(number(b), number(alpha)); });
}
TS_API int ts_sub__scalar(Handle a, TsScalar b) { return status_of([&] { a->sub_(number(b)); }); }
TS_API int ts_copy_(Handle a, Handle b, int non_blocking) {
    return status_of([&] { a->copy_(*b, non_blocking != 0); });
}
TS_API Handle ts_addcmul(Handle t, Handle a, Handle b, TsScalar v) {
    return tensor_of([&] { return t->addcmul(*a, *b, number(v)); });
}
TS_API int ts_addcmul_(Handle t, Handle a, Handle b, TsScalar v) {
    return status_of([&] { t->addcmul_(*a, *b, number(v)); });
}
TS_API int ts_addcdiv_(Handle t, Handle a, Handle b, TsScalar v) {
    return status_of([&] { t->addcdiv_(*a, *b, number(v)); });
}
TS_API Handle ts_lerp(Handle a, Handle b, Handle w) { return tensor_of([&] { return a->lerp(*b, *w); }); }
TS_API int ts_lerp_(Handle a, Handle b, Handle w) { return status_of([&] { a->lerp_(*b, *w); }); }
TS_API Handle ts_addmm(Handle t, Handle a, Handle b, double beta, double alpha) {
    return tensor_of([&] { return t->addmm(*a, *b, beta, alpha); });
}
TS_API Handle ts_where(Handle c, Handle a, Handle b) {
    return tensor_of([&] { return at::where(*c, *a, *b); });
}
TS_API Handle ts_clamp(Handle t, TsScalar low, TsScalar high) {
    return tensor_of([&] { return at::clamp(*t, optional_number(low), optional_number(high)); });
}
TS_API int ts_clamp_(Handle t, TsScalar low, TsScalar high) {
    return status_of([&] { at::clamp_(*t, optional_number(low), optional_number(high)); });
}
TS_API Handle ts_clamp_tensor(Handle t, Handle low, Handle high) {
    return tensor_of([&] { return at::clamp(*t, optional_tensor(low), optional_tensor(high)); });
}
TS_API int ts_allclose(Handle a, Handle b, double rtol, double atol, int equal_nan, int* out) {
    return status_of([&] { *out = at::allclose(*a, *b, rtol, atol, equal_nan != 0) ? 1 : 0; });
}

// ---------------------------------------------------------------------------------------------- random fills
TS_API int ts_uniform_(Handle t, double low, double high) {
    return status_of([&] { t->uniform_(low, high); });
}
TS_API int ts_normal_(Handle t, double mean, double deviation) {
    return status_of([&] { t->normal_(mean, deviation); });
}
TS_API int ts_bernoulli_(Handle t, double p) { return status_of([&] { t->bernoulli_(p); }); }
TS_API Handle ts_multinomial(Handle t, int64_t samples, int replacement) {
    return tensor_of([&] { return t->multinomial(samples, replacement != 0); });
}
