// The fast way through an LSTM of one layer and one direction, in float32 on the CPU.
#pragma once
#include "boundary.h"
#include <torch/nn/modules/rnn.h>

// Whether the layer and the input are of the kind that lstm_layer computes.
bool lstm_fits(const torch::nn::LSTMImpl& lstm, const at::Tensor& x);

// Output, last state and last cell, as torch::nn::LSTM gives them; undefined states count as zero.
std::tuple<at::Tensor, at::Tensor, at::Tensor> lstm_layer(
    const torch::nn::LSTMImpl& lstm, const at::Tensor& x, const at::Tensor& h0, const at::Tensor& c0);
