// One optimizer step for one parameter. Contiguous float and double tensors on the CPU take one pass over
// memory; everything else goes through libtorch's operators. Both follow PyTorch's single-tensor formulas and
// order of operations.
#pragma once
#include "boundary.h"
#include <cmath>

struct AdamSettings {
    double rate, beta1, beta2, epsilon, decay;
    int64_t amsgrad, maximize, decoupled;
};
struct SgdSettings {
    double rate, momentum, dampening, decay;
    int64_t nesterov, maximize;
};
struct RmsSettings {
    double rate, alpha, epsilon, decay, momentum;
    int64_t centered, maximize;
};

inline bool plain(const at::Tensor& t, const at::Tensor& like) {
    return t.device().is_cpu() && t.is_contiguous() && t.layout() == at::kStrided
        && t.scalar_type() == like.scalar_type();
}

// Adam: Kingma & Ba 2015, Algorithm 1; AMSGrad: Reddi et al. 2018; AdamW (decoupled): Loshchilov & Hutter
// 2019, Algorithm 2.
template <typename T>
void adam_kernel(T* p, const T* g, T* m, T* v, T* vmax, int64_t n, double rate, double root2,
    const AdamSettings& s) {
    const T b1 = static_cast<T>(s.beta1), c1 = static_cast<T>(1 - s.beta1), b2 = static_cast<T>(s.beta2);
    const T c2 = static_cast<T>(1 - s.beta2), eps = static_cast<T>(s.epsilon), size = static_cast<T>(rate);
    const T root = static_cast<T>(root2), wd = s.decoupled ? T(0) : static_cast<T>(s.decay);
    const T shrink = s.decoupled ? static_cast<T>(1 - s.rate * s.decay) : T(1);
    const T sign = s.maximize ? T(-1) : T(1);
    for (int64_t i = 0; i < n; i++) {
        const T w = p[i] * shrink;
        const T grad = sign * g[i] + wd * w;
        m[i] = m[i] * b1 + c1 * grad;
        v[i] = v[i] * b2 + c2 * grad * grad;
        T second = v[i];
        if (vmax != nullptr) second = vmax[i] = vmax[i] > second ? vmax[i] : second;
        p[i] = w - size * (m[i] / (std::sqrt(second) / root + eps));
    }
}

template <typename T>
void adam_pass(at::Tensor& p, at::Tensor& g, at::Tensor& m, at::Tensor& v, Handle vmax, double rate,
    double root2, const AdamSettings& s) {
    T* largest = vmax == nullptr ? nullptr : vmax->data_ptr<T>();
    adam_kernel<T>(p.data_ptr<T>(), g.data_ptr<T>(), m.data_ptr<T>(), v.data_ptr<T>(), largest, p.numel(),
        rate, root2, s);
}

inline void adam_step(at::Tensor& p, at::Tensor& m, at::Tensor& v, Handle vmax, int64_t& step,
    const AdamSettings& s) {
    if (!p.grad().defined()) return;
    step++;
    const double rate = s.rate / (1 - std::pow(s.beta1, static_cast<double>(step)));
    const double root2 = std::sqrt(1 - std::pow(s.beta2, static_cast<double>(step)));
    auto g = p.grad().detach();
    const auto type = p.scalar_type();
    if (plain(p, p) && plain(g, p) && plain(m, p) && plain(v, p)
        && (type == at::kFloat || type == at::kDouble)) {
        if (type == at::kFloat) adam_pass<float>(p, g, m, v, vmax, rate, root2, s);
        else adam_pass<double>(p, g, m, v, vmax, rate, root2, s);
        return;
    }
    if (s.maximize) g = g.neg();
    if (s.decoupled) p.mul_(1 - s.rate * s.decay);
    else if (s.decay != 0) g = g.add(p, s.decay);
    m.mul_(s.beta1).add_(g, 1 - s.beta1);
    v.mul_(s.beta2).addcmul_(g, g, 1 - s.beta2);
    at::Tensor second = v;
    if (vmax != nullptr) { vmax->copy_(at::maximum(*vmax, v)); second = *vmax; }
    p.addcdiv_(m, second.sqrt().div_(root2).add_(s.epsilon), -rate);
}

// Stochastic gradient descent with momentum as in PyTorch: the first buffer is the gradient itself, without
// dampening.
inline void sgd_step(at::Tensor& p, Handle buffer, int& started, const SgdSettings& s) {
    if (!p.grad().defined()) return;
    auto g = p.grad().detach();
    if (s.maximize) g = g.neg();
    if (s.decay != 0) g = g.add(p, s.decay);
    if (buffer != nullptr) {
        if (started == 0) buffer->copy_(g);
        else buffer->mul_(s.momentum).add_(g, 1 - s.dampening);
        g = s.nesterov ? g.add(*buffer, s.momentum) : *buffer;
    }
    started = 1;
    p.add_(g, -s.rate);
}

// RMSProp: Hinton, lecture 6e; centred: Graves 2013, equations 38-45.
inline void rmsprop_step(at::Tensor& p, at::Tensor& square, Handle buffer, Handle mean, int64_t& step,
    const RmsSettings& s) {
    if (!p.grad().defined()) return;
    step++;
    auto g = p.grad().detach();
    if (s.maximize) g = g.neg();
    if (s.decay != 0) g = g.add(p, s.decay);
    square.mul_(s.alpha).addcmul_(g, g, 1 - s.alpha);
    auto second = square;
    if (mean != nullptr) {
        mean->mul_(s.alpha).add_(g, 1 - s.alpha);
        second = square.addcmul(*mean, *mean, -1);
    }
    auto root = second.sqrt().add_(s.epsilon);
    if (buffer != nullptr) {
        buffer->mul_(s.momentum).addcdiv_(g, root);
        p.add_(*buffer, -s.rate);
    } else {
        p.addcdiv_(g, root, -s.rate);
    }
}
