// An LSTM layer as one node of the autograd graph. libtorch's own, on a CPU, is sixty small operations a
// step: seven passes over memory for the gates, and a weight gradient that is summed up step by step. Here
// the gates take one pass, and each weight's gradient is one matrix product over all steps.
#include "lstm.h"
#include "lstm_kernels.h"
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// [batch, time, features] to contiguous [time, batch, features]; what a convolution leaves behind, seen
// through a transposition, is turned in cache-sized squares.
at::Tensor time_first(const at::Tensor& x) {
    auto channels = x.transpose(1, 2);
    if (!channels.is_contiguous()) return x.transpose(0, 1).contiguous();
    auto turned = at::empty({x.size(1), x.size(0), x.size(2)}, x.options());
    features_last(channels.data_ptr<float>(), turned.data_ptr<float>(), x.size(0), x.size(2), x.size(1));
    return turned;
}

at::Tensor batch_first(const at::Tensor& x, bool channels) {
    if (!channels) return x.transpose(0, 1);
    auto turned = at::empty({x.size(1), x.size(2), x.size(0)}, x.options());
    features_first(x.data_ptr<float>(), turned.data_ptr<float>(), x.size(1), x.size(2), x.size(0));
    return turned.transpose(1, 2);
}

struct LstmLayer : torch::autograd::Function<LstmLayer> {
    // x [batch, time, features]; w_ih [4 hidden, features]; w_hh [4 hidden, hidden]; bias [4 hidden];
    // h0 and c0 [batch, hidden]. Gives [batch, time, hidden] and the last state and cell [1, batch, hidden].
    static variable_list forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& w_ih,
        const at::Tensor& w_hh, const at::Tensor& bias, const at::Tensor& h0, const at::Tensor& c0) {
        const int64_t rows = x.size(0), steps = x.size(1), hidden = w_hh.size(1);
        auto input = time_first(x);
        auto gates = at::addmm(bias, input.reshape({steps * rows, x.size(2)}), w_ih.t())
                         .view({steps, rows, 4 * hidden});
        auto states = at::empty({steps + 1, rows, hidden}, x.options());
        auto cells = at::empty_like(states);
        auto squashed = at::empty({steps, rows, hidden}, x.options());
        states[0].copy_(h0);
        cells[0].copy_(c0);
        const auto turned = w_hh.t();
        const int64_t size = rows * hidden;
        float* g = gates.data_ptr<float>();
        float* c = cells.data_ptr<float>();
        float* h = states.data_ptr<float>();
        float* s = squashed.data_ptr<float>();
        for (int64_t t = 0; t < steps; t++) {
            auto sums = gates[t];
            sums.addmm_(states[t], turned);
            lstm_cell_forward(g + t * 4 * size, c + t * size, c + (t + 1) * size, s + t * size,
                h + (t + 1) * size, rows, hidden);
        }
        context->save_for_backward({input, w_ih, w_hh, gates, states, cells, squashed});
        context->saved_data["channels"] = x.transpose(1, 2).is_contiguous();
        context->saved_data["through"] = x.requires_grad();
        return {states.narrow(0, 1, steps).transpose(0, 1), states.narrow(0, steps, 1).clone(),
            cells.narrow(0, steps, 1).clone()};
    }

    static variable_list backward(AutogradContext* context, variable_list slopes) {
        TORCH_CHECK(!at::GradMode::is_enabled(),
            "gradients of an LSTM's gradients are not there on the CPU: call backward without create_graph");
        const auto saved = context->get_saved_variables();
        const auto &input = saved[0], &w_ih = saved[1], &w_hh = saved[2], &gates = saved[3];
        const auto &states = saved[4], &cells = saved[5], &squashed = saved[6];
        const int64_t steps = input.size(0), rows = input.size(1), hidden = w_hh.size(1);
        const int64_t size = rows * hidden;
        auto outputs = slopes[0].defined() ? slopes[0].transpose(0, 1) : at::Tensor();
        auto dh = slopes[1].defined() ? slopes[1][0].clone(at::MemoryFormat::Contiguous)
                                      : at::zeros({rows, hidden}, input.options());
        auto dc = slopes[2].defined() ? slopes[2][0].clone(at::MemoryFormat::Contiguous)
                                      : at::zeros({rows, hidden}, input.options());
        auto dgates = at::empty_like(gates);
        for (int64_t t = steps - 1; t >= 0; t--) {
            if (outputs.defined()) dh.add_(outputs[t]);
            lstm_cell_backward(gates.data_ptr<float>() + t * 4 * size, cells.data_ptr<float>() + t * size,
                squashed.data_ptr<float>() + t * size, dh.data_ptr<float>(), dc.data_ptr<float>(),
                dgates.data_ptr<float>() + t * 4 * size, rows, hidden);
            at::mm_out(dh, dgates[t], w_hh);
        }
        auto flat = dgates.view({steps * rows, 4 * hidden});
        at::Tensor dx;
        if (context->saved_data["through"].toBool()) {
            dx = batch_first(at::mm(flat, w_ih).view({steps, rows, input.size(2)}),
                context->saved_data["channels"].toBool());
        }
        return {dx,
            at::mm(flat.t(), input.view({steps * rows, input.size(2)})),
            at::mm(flat.t(), states.narrow(0, 0, steps).reshape({steps * rows, hidden})),
            flat.sum(0), dh, dc};
    }
};
}  // namespace

bool lstm_fits(const torch::nn::LSTMImpl& lstm, const at::Tensor& x) {
    const auto& o = lstm.options;
    return x.dim() == 3 && x.device().is_cpu() && x.scalar_type() == at::kFloat && x.numel() > 0
        && o.num_layers() == 1 && o.bias() && !o.bidirectional() && o.proj_size() == 0
        && lstm.all_weights()[0].scalar_type() == at::kFloat && lstm.all_weights()[0].device().is_cpu();
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> lstm_layer(
    const torch::nn::LSTMImpl& lstm, const at::Tensor& x, const at::Tensor& h0, const at::Tensor& c0) {
    const auto weights = lstm.all_weights();  // w_ih, w_hh, b_ih, b_hh
    const bool batch_leads = lstm.options.batch_first();
    const auto rows = batch_leads ? x : x.transpose(0, 1);
    const int64_t batch = rows.size(0), hidden = lstm.options.hidden_size();
    TORCH_CHECK(x.size(2) == lstm.options.input_size(), "LSTM(", lstm.options.input_size(), ", ", hidden,
        "): the input is ", x.sizes(), "; its last axis must be ", lstm.options.input_size());
    auto state = [&](const at::Tensor& given, const char* name) {
        if (!given.defined()) return at::zeros({batch, hidden}, x.options());
        TORCH_CHECK(given.dim() == 3 && given.size(0) == 1 && given.size(1) == batch
                && given.size(2) == hidden,
            "LSTM(", lstm.options.input_size(), ", ", hidden, "): ", name, " is ", given.sizes(),
            "; it must be [1, ", batch, ", ", hidden, "]");
        return given.squeeze(0);
    };
    const auto h = state(h0, "h0"), c = state(c0, "c0");
    auto results = LstmLayer::apply(rows, weights[0], weights[1], weights[2] + weights[3], h, c);
    return {batch_leads ? results[0] : results[0].transpose(0, 1), results[1], results[2]};
}
