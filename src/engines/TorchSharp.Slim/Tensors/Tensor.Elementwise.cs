using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of one operand, and comparisons, which give tensors of booleans.
    public unsafe partial class Tensor
    {
        public Tensor abs() => Unary(&Native.ts_abs);

        public Tensor neg() => Unary(&Native.ts_neg);

        public Tensor negative() => neg();

        public Tensor exp() => Unary(&Native.ts_exp);

        public Tensor expm1() => Unary(&Native.ts_expm1);

        public Tensor log() => Unary(&Native.ts_log);

        public Tensor log1p() => Unary(&Native.ts_log1p);

        public Tensor sqrt() => Unary(&Native.ts_sqrt);

        public Tensor rsqrt() => Unary(&Native.ts_rsqrt);

        public Tensor reciprocal() => Unary(&Native.ts_reciprocal);

        public Tensor tanh() => Unary(&Native.ts_tanh);

        public Tensor atanh() => Unary(&Native.ts_atanh);

        public Tensor sin() => Unary(&Native.ts_sin);

        public Tensor cos() => Unary(&Native.ts_cos);

        public Tensor erf() => Unary(&Native.ts_erf);

        public Tensor floor() => Unary(&Native.ts_floor);

        public Tensor ceil() => Unary(&Native.ts_ceil);

        /// <param name="decimals">Only 0 is there.</param>
        public Tensor round(long decimals = 0L) => decimals == 0
            ? Unary(&Native.ts_round)
            : throw new ArgumentOutOfRangeException(nameof(decimals), decimals,
                "round() rounds to whole numbers");

        public Tensor sign() => Unary(&Native.ts_sign);

        public Tensor sigmoid() => Unary(&Native.ts_sigmoid);

        public Tensor log_sigmoid() => Unary(&Native.ts_log_sigmoid);

        public Tensor relu() => Unary(&Native.ts_relu);

        public Tensor silu() => Unary(&Native.ts_silu);

        public Tensor gelu() => Unary(&Native.ts_gelu);

        /// <summary>
        /// log(1 + exp(beta · x)) / beta, and x itself where beta · x is above the threshold.
        /// </summary>
        public Tensor softplus(double beta = 1, double threshold = 20) =>
            Taken(Native.ts_softplus(Handle, beta, threshold));

        public Tensor leaky_relu(Scalar negative_slope) =>
            Taken(Native.ts_leaky_relu(Handle, negative_slope.AsDouble));

        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Taken(Native.ts_softmax(Handle, dim, Code(dtype)));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Taken(Native.ts_log_softmax(Handle, dim, Code(dtype)));

        public Tensor abs_() => UnaryInPlace(&Native.ts_abs_);

        public Tensor neg_() => UnaryInPlace(&Native.ts_neg_);

        public Tensor exp_() => UnaryInPlace(&Native.ts_exp_);

        public Tensor log_() => UnaryInPlace(&Native.ts_log_);

        public Tensor sqrt_() => UnaryInPlace(&Native.ts_sqrt_);

        public Tensor reciprocal_() => UnaryInPlace(&Native.ts_reciprocal_);

        public Tensor tanh_() => UnaryInPlace(&Native.ts_tanh_);

        public Tensor sigmoid_() => UnaryInPlace(&Native.ts_sigmoid_);

        public Tensor relu_() => UnaryInPlace(&Native.ts_relu_);

        public Tensor silu_() => UnaryInPlace(&Native.ts_silu_);

        public Tensor isfinite() => Unary(&Native.ts_isfinite);

        public Tensor isnan() => Unary(&Native.ts_isnan);

        public Tensor isinf() => Unary(&Native.ts_isinf);

        public Tensor logical_not() => Unary(&Native.ts_logical_not);

        public Tensor logical_and(Tensor other) => Binary(other, &Native.ts_logical_and);

        public Tensor logical_or(Tensor other) => Binary(other, &Native.ts_logical_or);

        public Tensor eq(Tensor target) => Binary(target, &Native.ts_eq);

        public Tensor eq(Scalar target) => WithScalar(target, &Native.ts_eq_scalar);

        public Tensor ne(Tensor target) => Binary(target, &Native.ts_ne);

        public Tensor ne(Scalar target) => WithScalar(target, &Native.ts_ne_scalar);

        public Tensor lt(Tensor target) => Binary(target, &Native.ts_lt);

        public Tensor lt(Scalar target) => WithScalar(target, &Native.ts_lt_scalar);

        public Tensor le(Tensor target) => Binary(target, &Native.ts_le);

        public Tensor le(Scalar target) => WithScalar(target, &Native.ts_le_scalar);

        public Tensor gt(Tensor target) => Binary(target, &Native.ts_gt);

        public Tensor gt(Scalar target) => WithScalar(target, &Native.ts_gt_scalar);

        public Tensor ge(Tensor target) => Binary(target, &Native.ts_ge);

        public Tensor ge(Scalar target) => WithScalar(target, &Native.ts_ge_scalar);

        /// <summary>Whether |this − target| ≤ atol + rtol · |target| everywhere.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            int answer;
            InPlace(Native.ts_allclose(Handle, target.Handle, rtol, atol, equal_nan ? 1 : 0, &answer),
                target);
            return answer != 0;
        }

        private static int Code(ScalarType? type) => type is { } given ? (int)given : -1;
    }
}
