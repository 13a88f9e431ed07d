// Written so that the compiler vectorizes every loop, once for each instruction set; without contraction to
// fused operations the bits are the same on all of them.
#include "lstm_kernels.h"
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EACH_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))

// eˣ for x ≤ 0, relative error below 2e-7: 2ⁿ eʳ with |r| ≤ ln 2 / 2 and the polynomial of Cephes' expf
// (Moshier 1989).
INLINE float exp_negative(float x) {
    x = x < -87.0f ? -87.0f : x;
    const float shifted = x * 1.44269504f + 12582912.0f;  // 1.5 · 2²³: rounds to the nearest integer
    const float n = shifted - 12582912.0f;
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
    float scale;
    std::memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

INLINE float magnitude(float x) { return x < 0 ? -x : x; }

INLINE float sigmoid(float x) {
    const float e = exp_negative(-magnitude(x));
    const float below = e / (1.0f + e);
    return x < 0 ? below : 1.0f - below;
}

// Cephes' tanhf: a polynomial near zero, where the quotient loses digits.
INLINE float tanh_of(float x) {
    const float a = magnitude(x);
    const float e = exp_negative(-2.0f * a);
    const float far = (1.0f - e) / (1.0f + e);
    const float z = a * a;
    float p = -5.70498872745e-3f;
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    const float near = p * z * a + a;
    const float size = a < 0.625f ? near : far;
    return x < 0 ? -size : size;
}

EACH_PROCESSOR
void lstm_cell_forward(float* __restrict gates, const float* __restrict c_before, float* __restrict c,
    float* __restrict tanh_c, float* __restrict h, int64_t rows, int64_t hidden) {
    for (int64_t row = 0; row < rows; row++) {
        float* __restrict in = gates + row * 4 * hidden;
        float* __restrict forget = in + hidden;
        float* __restrict candidate = forget + hidden;
        float* __restrict out = candidate + hidden;
        const float* __restrict before = c_before + row * hidden;
        float* __restrict cell = c + row * hidden;
        float* __restrict squashed = tanh_c + row * hidden;
        float* __restrict state = h + row * hidden;
        for (int64_t j = 0; j < hidden; j++) {
            const float i = sigmoid(in[j]), f = sigmoid(forget[j]);
            const float g = tanh_of(candidate[j]), o = sigmoid(out[j]);
            const float sum = f * before[j] + i * g;
            const float t = tanh_of(sum);
            in[j] = i;
            forget[j] = f;
            candidate[j] = g;
            out[j] = o;
            cell[j] = sum;
            squashed[j] = t;
            state[j] = o * t;
        }
    }
}

EACH_PROCESSOR
void lstm_cell_backward(const float* __restrict gates, const float* __restrict c_before,
    const float* __restrict tanh_c, const float* __restrict dh, float* __restrict dc,
    float* __restrict dgates, int64_t rows, int64_t hidden) {
    for (int64_t row = 0; row < rows; row++) {
        const float* __restrict in = gates + row * 4 * hidden;
        const float* __restrict forget = in + hidden;
        const float* __restrict candidate = forget + hidden;
        const float* __restrict out = candidate + hidden;
        float* __restrict din = dgates + row * 4 * hidden;
        float* __restrict dforget = din + hidden;
        float* __restrict dcandidate = dforget + hidden;
        float* __restrict dout = dcandidate + hidden;
        const float* __restrict before = c_before + row * hidden;
        const float* __restrict squashed = tanh_c + row * hidden;
        const float* __restrict slope = dh + row * hidden;
        float* __restrict cell = dc + row * hidden;
        for (int64_t j = 0; j < hidden; j++) {
            const float i = in[j], f = forget[j], g = candidate[j], o = out[j], t = squashed[j];
            const float total = cell[j] + slope[j] * o * (1.0f - t * t);
            din[j] = total * g * i * (1.0f - i);
            dforget[j] = total * before[j] * f * (1.0f - f);
            dcandidate[j] = total * i * (1.0f - g * g);
            dout[j] = slope[j] * t * o * (1.0f - o);
            cell[j] = total * f;
        }
    }
}

// Squares of 16: a cache line of one side meets a cache line of the other.
constexpr int64_t Tile = 16;

void features_last(const float* from, float* to, int64_t batch, int64_t features, int64_t time) {
    for (int64_t b = 0; b < batch; b++) {
        const float* one = from + b * features * time;
        for (int64_t f0 = 0; f0 < features; f0 += Tile) {
            const int64_t f1 = f0 + Tile < features ? f0 + Tile : features;
            for (int64_t t = 0; t < time; t++) {
                float* row = to + (t * batch + b) * features;
                for (int64_t f = f0; f < f1; f++) row[f] = one[f * time + t];
            }
        }
    }
}

void features_first(const float* from, float* to, int64_t batch, int64_t features, int64_t time) {
    for (int64_t b = 0; b < batch; b++) {
        float* one = to + b * features * time;
        for (int64_t f0 = 0; f0 < features; f0 += Tile) {
            const int64_t f1 = f0 + Tile < features ? f0 + Tile : features;
            for (int64_t t = 0; t < time; t++) {
                const float* row = from + (t * batch + b) * features;
                for (int64_t f = f0; f < f1; f++) one[f * time + t] = row[f];
            }
        }
    }
}
