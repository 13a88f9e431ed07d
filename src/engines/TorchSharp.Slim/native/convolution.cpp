// A convolution over time as one matrix product. Windows come as [batch, time, feature] and go on to an LSTM as
// [batch, time, channel]: kept in that order, what a kernel sees is contiguous, and nothing is transposed on the
// way in, between layers or on the way out.
#include "convolution.h"
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows of what each output step sees: [batch, steps, kernel · channels], a view that overlaps.
at::Tensor seen(const at::Tensor& padded, int64_t steps, int64_t kernel, int64_t stride) {
    const int64_t channels = padded.size(2);
    return padded.as_strided({padded.size(0), steps, kernel * channels},
        {padded.size(1) * channels, stride * channels, 1});
}

struct Convolution : torch::autograd::Function<Convolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& w,
        const at::Tensor& bias, int64_t stride, int64_t padding) {
        const int64_t outputs = w.size(0), kernel = w.size(2), batch = x.size(0);
        const int64_t steps = (x.size(2) + 2 * padding - kernel) / stride + 1;
        auto padded = at::constant_pad_nd(x.transpose(1, 2), {0, 0, padding, padding}).contiguous();
        auto rows = seen(padded, steps, kernel, stride).reshape({batch * steps, kernel * x.size(1)});
        auto weights = w.transpose(1, 2).reshape({outputs, kernel * x.size(1)});
        auto result = at::addmm(bias, rows, weights.t());
        context->save_for_backward({rows, weights});
        context->saved_data["sizes"] =
            std::vector<int64_t>{batch, x.size(1), x.size(2), outputs, kernel, steps, stride, padding};
        context->saved_data["through"] = x.requires_grad();
        context->saved_data["biased"] = bias.requires_grad();
        return result.view({batch, steps, outputs}).transpose(1, 2);
    }

    static variable_list backward(AutogradContext* context, variable_list slopes) {
        TORCH_CHECK(!at::GradMode::is_enabled(), "gradients of a convolution's gradients are not there on the CPU: "
            "call backward without create_graph");
        const auto saved = context->get_saved_variables();
        const auto sizes = context->saved_data["sizes"].toIntVector();
        const int64_t batch = sizes[0], channels = sizes[1], time = sizes[2], outputs = sizes[3];
        const int64_t kernel = sizes[4], steps = sizes[5], stride = sizes[6], padding = sizes[7];
        auto slope = slopes[0].transpose(1, 2).reshape({batch * steps, outputs});
        auto dw = at::mm(slope.t(), saved[0]).view({outputs, kernel, channels}).transpose(1, 2).contiguous();
        auto db = context->saved_data["biased"].toBool() ? slope.sum(0) : at::Tensor();
        at::Tensor dx;
        if (context->saved_data["through"].toBool()) {
            auto drows = at::mm(slope, saved[1]).view({batch, steps, kernel, channels});
            auto whole = at::zeros({batch, time + 2 * padding, channels}, slope.options());
            for (int64_t tap = 0; tap < kernel; tap++) {
                whole.as_strided({batch, steps, channels},
                         {whole.size(1) * channels, stride * channels, 1}, tap * channels)
                    .add_(drows.select(2, tap));
            }
            dx = whole.narrow(1, padding, time).transpose(1, 2);
        }
        return {dx, dw, db, at::Tensor(), at::Tensor()};
    }
};
}  // namespace

bool convolution_fits(const at::Tensor& x, const at::Tensor& w, int64_t dilation, int64_t groups) {
    return dilation == 1 && groups == 1 && x.dim() == 3 && w.dim() == 3 && x.numel() > 0 && x.device().is_cpu()
        && w.device().is_cpu() && x.scalar_type() == at::kFloat && w.scalar_type() == at::kFloat
        && x.size(1) == w.size(1) && x.transpose(1, 2).is_contiguous();
}

at::Tensor convolution(const at::Tensor& x, const at::Tensor& w, const at::Tensor& bias, int64_t stride,
    int64_t padding) {
    // A node of the graph takes no undefined tensor; adding zeros changes nothing.
    return Convolution::apply(x, w, bias.defined() ? bias : at::zeros({w.size(0)}, w.options().requires_grad(false)),
        stride, padding);
}
