// The rules of the boundary: every function is extern "C", takes and gives plain values and handles, and
// reports failure by a null handle, or by a non-zero int, with the message left in thread-local storage. No
// exception leaves a function here. A handle is an at::Tensor on the heap; who receives one frees it with
// ts_free, once.
#pragma once
#include <ATen/ATen.h>
#include <cstdint>
#include <cstring>
#include <string>
#include <torch/version.h>

// libtorch had an optional of its own before it took the standard one.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
#include <optional>
template <typename T>
using maybe = std::optional<T>;
#else
template <typename T>
using maybe = c10::optional<T>;
#endif

#define TS_API extern "C" __attribute__((visibility("default")))

using Handle = at::Tensor*;

// A number that keeps its kind across the boundary, so that an integer tensor plus 1 stays an integer tensor.
struct TsScalar {
    int64_t kind;  // 0 absent, 1 integer, 2 floating point, 3 boolean
    int64_t bits;
};

void ts_fail(const char* message);
void ts_fail(const std::exception& error);

inline at::Scalar number(TsScalar s) {
    if (s.kind == 2) {
        double value;
        std::memcpy(&value, &s.bits, sizeof value);
        return at::Scalar(value);
    }
    return s.kind == 3 ? at::Scalar(s.bits != 0) : at::Scalar(s.bits);
}

inline maybe<at::Scalar> optional_number(TsScalar s) {
    return s.kind == 0 ? maybe<at::Scalar>() : maybe<at::Scalar>(number(s));
}

inline maybe<at::Tensor> optional_tensor(Handle t) {
    return t == nullptr ? maybe<at::Tensor>() : maybe<at::Tensor>(*t);
}

// A negative code means «the default».
inline maybe<at::ScalarType> optional_type(int type) {
    return type < 0 ? maybe<at::ScalarType>() : maybe<at::ScalarType>(static_cast<at::ScalarType>(type));
}

inline at::IntArrayRef span(const int64_t* values, int64_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline at::TensorOptions options(int type, int device, int index, bool requires_grad) {
    return at::TensorOptions()
        .dtype(static_cast<at::ScalarType>(type))
        .device(at::Device(static_cast<at::DeviceType>(device), static_cast<c10::DeviceIndex>(index)))
        .requires_grad(requires_grad);
}

inline std::vector<at::Tensor> collect(Handle* items, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; i++) tensors.push_back(*items[i]);
    return tensors;
}

inline Handle own(at::Tensor&& t) { return new at::Tensor(std::move(t)); }
inline Handle own(const at::Tensor& t) { return new at::Tensor(t); }

template <typename Body>
Handle tensor_of(Body&& body) {
    try {
        return own(body());
    } catch (const std::exception& error) {
        ts_fail(error);
    } catch (...) {
        ts_fail("libtorch threw something that is not an exception");
    }
    return nullptr;
}

template <typename Body>
int status_of(Body&& body) {
    try {
        body();
        return 0;
    } catch (const std::exception& error) {
        ts_fail(error);
    } catch (...) {
        ts_fail("libtorch threw something that is not an exception");
    }
    return 1;
}
