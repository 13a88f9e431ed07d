// Layers, losses, recurrent networks, gradient clipping and whole optimizer steps.
#include "boundary.h"
#include "convolution.h"
#include "lstm.h"
#include "optimizers.h"
#include <ATen/core/grad_mode.h>
#include <torch/nn/init.h>

// ------------------------------------------------------------------------------------ layers and activations
TS_API Handle ts_linear(Handle x, Handle w, Handle b) {
    return tensor_of([&] { return at::linear(*x, *w, optional_tensor(b)); });
}
TS_API Handle ts_conv1d(Handle x, Handle w, Handle b, int64_t stride, int64_t padding, int64_t dilation,
    int64_t groups) {
    return tensor_of([&] {
        if (convolution_fits(*x, *w, dilation, groups) && stride >= 1 && padding >= 0
            && x->size(2) + 2 * padding >= w->size(2)) {
            return convolution(*x, *w, b == nullptr ? at::Tensor() : *b, stride, padding);
        }
        return at::conv1d(*x, *w, optional_tensor(b), span(&stride, 1), span(&padding, 1),
            span(&dilation, 1), groups);
    });
}
TS_API Handle ts_layer_norm(Handle x, const int64_t* shape, int64_t n, Handle w, Handle b, double eps) {
    return tensor_of([&] {
        return at::layer_norm(*x, span(shape, n), optional_tensor(w), optional_tensor(b), eps);
    });
}
TS_API Handle ts_dropout(Handle x, double p, int training) {
    return tensor_of([&] { return at::dropout(*x, p, training != 0); });
}
TS_API int ts_dropout_(Handle x, double p, int training) {
    return status_of([&] { at::dropout_(*x, p, training != 0); });
}
TS_API Handle ts_softmax(Handle x, int64_t dim, int type) {
    return tensor_of([&] { return at::softmax(*x, dim, optional_type(type)); });
}
TS_API Handle ts_log_softmax(Handle x, int64_t dim, int type) {
    return tensor_of([&] { return at::log_softmax(*x, dim, optional_type(type)); });
}
TS_API Handle ts_softplus(Handle x, double beta, double threshold) {
    return tensor_of([&] { return at::softplus(*x, beta, threshold); });
}
TS_API Handle ts_leaky_relu(Handle x, double slope) {
    return tensor_of([&] { return at::leaky_relu(*x, slope); });
}
TS_API Handle ts_one_hot(Handle x, int64_t classes) {
    return tensor_of([&] { return at::one_hot(*x, classes); });
}

// ---------------------------------------------------------------------------------------------- losses
TS_API Handle ts_cross_entropy(Handle x, Handle y, Handle weight, int64_t reduction, int64_t ignore,
    double smoothing) {
    return tensor_of([&] {
        return at::cross_entropy_loss(*x, *y, optional_tensor(weight), reduction, ignore, smoothing);
    });
}
TS_API Handle ts_nll_loss(Handle x, Handle y, Handle weight, int64_t reduction, int64_t ignore) {
    return tensor_of([&] { return at::nll_loss_nd(*x, *y, optional_tensor(weight), reduction, ignore); });
}
TS_API Handle ts_bce_with_logits(Handle x, Handle y, Handle weight, Handle pos_weight, int64_t reduction) {
    return tensor_of([&] {
        return at::binary_cross_entropy_with_logits(*x, *y, optional_tensor(weight),
            optional_tensor(pos_weight), reduction);
    });
}
TS_API Handle ts_bce(Handle x, Handle y, Handle weight, int64_t reduction) {
    return tensor_of([&] { return at::binary_cross_entropy(*x, *y, optional_tensor(weight), reduction); });
}
// libtorch's mse_loss and its kin broadcast in silence where PyTorch warns; a target of another shape is a
// mistake here too, but the genuine package lets it pass, so this one does.
TS_API Handle ts_mse_loss(Handle x, Handle y, int64_t reduction) {
    return tensor_of([&] { return at::mse_loss(*x, *y, reduction); });
}
TS_API Handle ts_l1_loss(Handle x, Handle y, int64_t reduction) {
    return tensor_of([&] { return at::l1_loss(*x, *y, reduction); });
}
TS_API Handle ts_smooth_l1_loss(Handle x, Handle y, int64_t reduction, double beta) {
    return tensor_of([&] { return at::smooth_l1_loss(*x, *y, reduction, beta); });
}
TS_API Handle ts_huber_loss(Handle x, Handle y, int64_t reduction, double delta) {
    return tensor_of([&] { return at::huber_loss(*x, *y, reduction, delta); });
}
TS_API Handle ts_kl_div(Handle x, Handle y, int64_t reduction, int log_target) {
    return tensor_of([&] { return at::kl_div(*x, *y, reduction, log_target != 0); });
}

// ---------------------------------------------------------------------------------------- recurrent networks
// The module stays whole in C++: on CUDA its weights must lie in one flat block, which torch::nn::LSTM sees
// to by itself.
struct Recurrent {
    torch::nn::LSTM lstm{nullptr};
    torch::nn::GRU gru{nullptr};
    torch::nn::Module& module() {
        return lstm ? static_cast<torch::nn::Module&>(*lstm) : static_cast<torch::nn::Module&>(*gru);
    }
};

template <typename Options>
static Options recurrent_options(int64_t input, int64_t hidden, int64_t layers, int bias, int batch_first,
    double dropout, int both) {
    auto made = Options(input, hidden).num_layers(layers).bias(bias != 0).batch_first(batch_first != 0);
    return made.dropout(dropout).bidirectional(both != 0);
}
TS_API Recurrent* ts_recurrent_new(int is_lstm, int64_t input, int64_t hidden, int64_t layers, int bias,
    int batch_first, double dropout, int both) {
    Recurrent* made = nullptr;
    int failed = status_of([&] {
        auto fresh = std::make_unique<Recurrent>();
        if (is_lstm != 0) {
            fresh->lstm = torch::nn::LSTM(recurrent_options<torch::nn::LSTMOptions>(
                input, hidden, layers, bias, batch_first, dropout, both));
        } else {
            fresh->gru = torch::nn::GRU(recurrent_options<torch::nn::GRUOptions>(
                input, hidden, layers, bias, batch_first, dropout, both));
        }
        made = fresh.release();
    });
    return failed != 0 ? nullptr : made;
}
TS_API void ts_recurrent_free(Recurrent* r) { delete r; }
TS_API Handle ts_recurrent_parameter(Recurrent* r, const char* name) {
    return tensor_of([&] { return r->module().named_parameters(false)[name]; });
}
TS_API int ts_recurrent_train(Recurrent* r, int on) { return status_of([&] { r->module().train(on != 0); }); }
TS_API int ts_recurrent_to(Recurrent* r, int type, int device, int index) {
    return status_of([&] {
        at::Device target(static_cast<at::DeviceType>(device), static_cast<c10::DeviceIndex>(index));
        if (type < 0) r->module().to(target);
        else r->module().to(target, static_cast<at::ScalarType>(type));
    });
}
TS_API int ts_recurrent_flatten(Recurrent* r) {
    return status_of([&] {
        if (r->lstm) r->lstm->flatten_parameters();
        else r->gru->flatten_parameters();
    });
}
TS_API Handle ts_lstm_forward(Recurrent* r, Handle x, Handle h0, Handle c0, Handle* hn, Handle* cn) {
    return tensor_of([&] {
        if (lstm_fits(*r->lstm, *x)) {
            auto fast = lstm_layer(*r->lstm, *x, h0 == nullptr ? at::Tensor() : *h0,
                c0 == nullptr ? at::Tensor() : *c0);
            *hn = own(std::move(std::get<1>(fast)));
            *cn = own(std::move(std::get<2>(fast)));
            return std::get<0>(fast);
        }
        maybe<std::tuple<at::Tensor, at::Tensor>> start;
        if (h0 != nullptr) start = std::make_tuple(*h0, *c0);
        auto result = r->lstm->forward(*x, start);
        *hn = own(std::get<0>(std::get<1>(result)));
        *cn = own(std::get<1>(std::get<1>(result)));
        return std::get<0>(result);
    });
}
TS_API Handle ts_gru_forward(Recurrent* r, Handle x, Handle h0, Handle* hn) {
    return tensor_of([&] {
        auto result = r->gru->forward(*x, h0 == nullptr ? at::Tensor() : *h0);
        *hn = own(std::get<1>(result));
        return std::get<0>(result);
    });
}

// ------------------------------------------------------------------------------------ gradients, all at once
TS_API int ts_zero_grads(Handle* parameters, int64_t n) {
    return status_of([&] {
        for (int64_t i = 0; i < n; i++) {
            auto& grad = parameters[i]->mutable_grad();
            if (!grad.defined()) continue;
            if (grad.requires_grad()) grad = grad.detach();
            grad.zero_();
        }
    });
}
// PyTorch's clip_grad_norm_: g * min(1, max / (|g| + 1e-6)); gives the norm before clipping (Pascanu et al.
// 2013).
TS_API int ts_clip_grad_norm(Handle* parameters, int64_t n, double max_norm, double kind, double* total) {
    return status_of([&] {
        at::NoGradGuard no_grad;
        std::vector<at::Tensor> norms;
        for (int64_t i = 0; i < n; i++) {
            const auto& grad = parameters[i]->grad();
            if (grad.defined()) norms.push_back(std::isinf(kind) ? grad.abs().max() : grad.norm(kind));
        }
        if (norms.empty()) { *total = 0; return; }
        auto all = at::stack(at::TensorList(norms));
        *total = (std::isinf(kind) ? all.max() : all.norm(kind)).item().toDouble();
        double factor = max_norm / (*total + 1e-6);
        if (factor >= 1) return;  // NaN falls through and spreads, as in PyTorch
        for (int64_t i = 0; i < n; i++) {
            auto& grad = parameters[i]->mutable_grad();
            if (grad.defined()) grad.mul_(factor);
        }
    });
}
TS_API int ts_clip_grad_value(Handle* parameters, int64_t n, double limit) {
    return status_of([&] {
        at::NoGradGuard no_grad;
        for (int64_t i = 0; i < n; i++) {
            auto& grad = parameters[i]->mutable_grad();
            if (grad.defined()) grad.clamp_(-limit, limit);
        }
    });
}

// ------------------------------------------------------------------------------------------- optimizer steps
// Lists of what an optimizer may do without are null as a whole.
static Handle part(Handle* list, int64_t i) { return list == nullptr ? nullptr : list[i]; }

TS_API int ts_adam_step(Handle* p, Handle* m, Handle* v, Handle* vmax, int64_t* steps, int64_t n,
    const AdamSettings* s) {
    return status_of([&] {
        at::NoGradGuard no_grad;
        for (int64_t i = 0; i < n; i++) adam_step(*p[i], *m[i], *v[i], part(vmax, i), steps[i], *s);
    });
}
TS_API int ts_sgd_step(Handle* p, Handle* buffers, int* started, int64_t n, const SgdSettings* s) {
    return status_of([&] {
        at::NoGradGuard no_grad;
        for (int64_t i = 0; i < n; i++) sgd_step(*p[i], part(buffers, i), started[i], *s);
    });
}
TS_API int ts_rmsprop_step(Handle* p, Handle* squares, Handle* buffers, Handle* means, int64_t* steps,
    int64_t n, const RmsSettings* s) {
    return status_of([&] {
        at::NoGradGuard no_grad;
        for (int64_t i = 0; i < n; i++)
            rmsprop_step(*p[i], *squares[i], part(buffers, i), part(means, i), steps[i], *s);
    });
}

// -------------------------------------------------------------------------------------------- initial values
TS_API int ts_orthogonal_(Handle t, double gain) {
    return status_of([&] { torch::nn::init::orthogonal_(*t, gain); });
}
