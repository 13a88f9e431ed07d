using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Modules
{
    /// <summary>
    /// y = x Wᵀ + b over the last axis: [.., in_features] to [.., out_features]. Weights start as in PyTorch.
    /// </summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, torch.Device? device,
            torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            if (inputs < 1 || outputs < 1)
                throw new ArgumentException($"Linear({inputs}, {outputs}): both sizes must be at least 1");
            (in_features, out_features) = (inputs, outputs);
            weight = new Parameter(torch.empty(outputs, inputs, dtype, device));
            register_parameter(nameof(weight), weight);
            Draw.Uniform(weight, inputs);
            if (!hasBias) return;
            bias = new Parameter(torch.empty(outputs, dtype, device));
            register_parameter(nameof(bias), bias);
            Draw.Uniform(bias, inputs);
        }

        public long in_features { get; }

        public long out_features { get; }

        /// <value>[out_features, in_features]</value>
        public Parameter weight { get; }

        /// <value>[out_features]</value>
        public Parameter? bias { get; }

        /// <exception cref="ExternalException">The input does not fit; the message has both shapes.</exception>
        public override torch.Tensor forward(torch.Tensor tensor)
        {
            try
            {
                return torch.nn.functional.linear(tensor, weight, bias);
            }
            catch (ExternalException cause)
            {
                throw LayerErrors.Explain(this, $"Linear({in_features}, {out_features})", tensor,
                    $"[.., {in_features}]", weight, cause);
            }
        }
    }

    /// <summary>
    /// How PyTorch draws the weights of Linear and convolutions: uniform within 1 / √(inputs of one output).
    /// </summary>
    internal static class Draw
    {
        internal static void Uniform(Parameter parameter, long fanIn)
        {
            var bound = 1 / Math.Sqrt(fanIn);
            using var frozen = torch.no_grad();
            parameter.uniform_(-bound, bound);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Linear"/>
            public static Modules.Linear Linear(long inputSize, long outputSize, bool hasBias = true,
                Device? device = null, ScalarType? dtype = null) =>
                    new(inputSize, outputSize, hasBias, device, dtype);

            public static partial class functional
            {
                /// <inheritdoc cref="Modules.Linear"/>
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null)
                {
                    var result = Native.ts_linear(input.Handle, weights.Handle, bias?.Handle ?? 0);
                    GC.KeepAlive(input);
                    GC.KeepAlive(weights);
                    GC.KeepAlive(bias);
                    return Native.Take(result);
                }
            }
        }
    }
}
