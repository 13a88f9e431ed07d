// One step of an LSTM layer for a whole batch, all gates in one pass over memory. No libtorch in here.
#pragma once
#include <cstdint>

// gates [rows, 4 hidden] holds the sums before activation, blocks i, f, g, o, and is overwritten with the
// activated gates; c gets the new cell, tanh_c its tanh, h the new state, each [rows, hidden].
void lstm_cell_forward(float* gates, const float* c_before, float* c, float* tanh_c, float* h, int64_t rows,
    int64_t hidden);

// Hochreiter & Schmidhuber 1997 with Gers et al. 2000, differentiated: dh and dc [rows, hidden] arrive for
// this step's state and cell; dgates gets the slopes of the sums before activation, dc those of the cell
// before.
void lstm_cell_backward(const float* gates, const float* c_before, const float* tanh_c, const float* dh,
    float* dc, float* dgates, int64_t rows, int64_t hidden);

// [batch, features, time] to [time, batch, features], or back.
void features_last(const float* from, float* to, int64_t batch, int64_t features, int64_t time);
void features_first(const float* from, float* to, int64_t batch, int64_t features, int64_t time);
