// The fast way through a convolution over time in float32 on the CPU, where the channels lie next to each other.
#pragma once
#include "boundary.h"

// Whether x [batch, channels, time] is a view of contiguous [batch, time, channels] and the rest is plain.
bool convolution_fits(const at::Tensor& x, const at::Tensor& w, int64_t dilation, int64_t groups);

// What at::conv1d gives, as a view of contiguous [batch, time, channels]; the bias may be undefined.
at::Tensor convolution(const at::Tensor& x, const at::Tensor& w, const at::Tensor& bias, int64_t stride,
    int64_t padding);
