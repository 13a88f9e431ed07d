using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Normalises the last axes to mean 0 and variance 1 (divided by n), then scales and shifts (Ba, Kiros
    /// &amp; Hinton 2016).
    /// </summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly Parameter? scale;

        internal LayerNorm(long[] shape, double eps, bool affine, bool bias, torch.Device? device,
            torch.ScalarType? dtype) : base(nameof(LayerNorm))
        {
            (normalized_shape, this.eps, elementwise_affine) = (shape, eps, affine);
            if (!affine) return;
            scale = new Parameter(torch.ones(shape, dtype, device));
            register_parameter(nameof(weight), scale);
            if (!bias) return;
            this.bias = new Parameter(torch.zeros(shape, dtype, device));
            register_parameter(nameof(bias), this.bias);
        }

        public long[] normalized_shape { get; }

        public double eps { get; }

        public bool elementwise_affine { get; }

        public Parameter weight => scale ?? throw new InvalidOperationException(
            "this LayerNorm has no weight");

        public Parameter? bias { get; }

        /// <exception cref="ExternalException">The input does not fit; the message has both shapes.</exception>
        public override torch.Tensor forward(torch.Tensor tensor)
        {
            try
            {
                return torch.nn.functional.layer_norm(tensor, normalized_shape, scale, bias, eps);
            }
            catch (ExternalException cause)
            {
                var shape = torch.Tensor.Listed(normalized_shape);
                throw LayerErrors.Explain(
                    this, $"LayerNorm({shape})", tensor, $"[.., {shape}]", scale ?? tensor, cause);
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.LayerNorm"/>
            public static Modules.LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05,
                bool elementwise_affine = true, bool bias = true, Device? device = null,
                    ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <inheritdoc cref="Modules.LayerNorm"/>
            public static Modules.LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05,
                bool elementwise_affine = true, bool bias = true, Device? device = null,
                    ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static partial class functional
            {
                /// <inheritdoc cref="Modules.LayerNorm"/>
                public static unsafe Tensor layer_norm(Tensor input, long[] normalized_shape,
                    Tensor? weight = null,
                    Tensor? bias = null, double eps = 1e-05)
                {
                    nint result;
                    fixed (long* at = normalized_shape)
                    {
                        result = Native.ts_layer_norm(input.Handle, at, normalized_shape.Length,
                            weight?.Handle ?? 0,
                            bias?.Handle ?? 0, eps);
                    }
                    GC.KeepAlive(input);
                    GC.KeepAlive(weight);
                    GC.KeepAlive(bias);
                    return Native.Take(result);
                }
            }
        }
    }
}
