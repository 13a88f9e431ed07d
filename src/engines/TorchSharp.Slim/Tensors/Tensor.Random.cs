using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // All draw from libtorch's one generator of the process; see torch.manual_seed.
    public unsafe partial class Tensor
    {
        public Tensor uniform_(double from, double to) => InPlace(Native.ts_uniform_(Handle, from, to));

        public Tensor normal_(double mean = 0.0, double std = 1.0) =>
            InPlace(Native.ts_normal_(Handle, mean, std));

        public Tensor bernoulli_(double p = 0.5) => InPlace(Native.ts_bernoulli_(Handle, p));

        /// <summary>Draws 0 or 1 with the probabilities that this tensor holds.</summary>
        public Tensor bernoulli() => Unary(&Native.ts_bernoulli);

        /// <summary>Draws positions with weights in proportion to each row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false) =>
            Taken(Native.ts_multinomial(Handle, num_samples, replacement ? 1 : 0));

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Like(Unary(&Native.ts_empty_like), dtype, device, requires_grad);

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Like(Unary(&Native.ts_zeros_like), dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Like(Unary(&Native.ts_ones_like), dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            full(shape, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Like(Unary(&Native.ts_rand_like), dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Like(Unary(&Native.ts_randn_like), dtype, device, requires_grad);

        private static Tensor Like(Tensor made, ScalarType? dtype, Device? device, bool requiresGrad)
        {
            if (dtype is not null || device is not null)
                made = made.to(dtype ?? made.dtype, device ?? made.device, disposeAfter: true);
            return requiresGrad ? made.requires_grad_() : made;
        }
    }
}
