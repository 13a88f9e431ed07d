using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Cross-correlation along the last axis: [batch, in_channels, time] to [batch, out_channels, time'],
    /// with time' = ⌊(time + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1. Padding is with zeros.
    /// </summary>
    public sealed class Conv1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Conv1d(long inputs, long outputs, long kernel,
            (long Stride, long Padding, long Dilation) steps,
            long groups, bool bias, torch.Device? device, torch.ScalarType? dtype) : base(nameof(Conv1d))
        {
            if (inputs < 1 || outputs < 1 || kernel < 1 || groups < 1 || inputs % groups != 0
                || outputs % groups != 0)
            {
                throw new ArgumentException(
                    $"Conv1d({inputs}, {outputs}, {kernel}, groups: {groups}): sizes must be at least 1, "
                    + "and both channel counts must be multiples of groups");
            }
            (in_channels, out_channels, kernel_size, this.groups) = (inputs, outputs, [kernel], groups);
            (stride, padding, dilation) = ([steps.Stride], [steps.Padding], [steps.Dilation]);
            weight = new Parameter(torch.empty(outputs, inputs / groups, kernel, dtype, device));
            register_parameter(nameof(weight), weight);
            Draw.Uniform(weight, inputs / groups * kernel);
            if (!bias) return;
            this.bias = new Parameter(torch.empty(outputs, dtype, device));
            register_parameter(nameof(bias), this.bias);
            Draw.Uniform(this.bias, inputs / groups * kernel);
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public long[] kernel_size { get; }

        public long[] stride { get; }

        public long[] padding { get; }

        public long[] dilation { get; }

        public long groups { get; }

        /// <value>[out_channels, in_channels / groups, kernel]</value>
        public Parameter weight { get; }

        /// <value>[out_channels]</value>
        public Parameter? bias { get; }

        /// <exception cref="ExternalException">The input does not fit; the message has both shapes.</exception>
        public override torch.Tensor forward(torch.Tensor input)
        {
            try
            {
                return torch.nn.functional.conv1d(
                    input, weight, bias, stride[0], padding[0], dilation[0], groups);
            }
            catch (ExternalException cause)
            {
                var shortest = dilation[0] * (kernel_size[0] - 1) + 1 - 2 * padding[0];
                var length = shortest > 1 ? $"time of {shortest} or more" : "time";
                throw LayerErrors.Explain(this, $"Conv1d({in_channels}, {out_channels}, {kernel_size[0]})",
                    input, $"[batch, {in_channels}, {length}]", weight, cause);
            }
        }
    }
}

namespace TorchSharp
{
    /// <summary>What lies beyond the ends of a convolution's input.</summary>
    public enum PaddingModes
    {
        Zeros = 0,
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Conv1d"/>
            public static Modules.Conv1d Conv1d(long in_channels, long out_channels, long kernel_size,
                long stride = 1,
                long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                    long groups = 1,
                bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                padding_mode == PaddingModes.Zeros
                    ? new(in_channels, out_channels, kernel_size, (stride, padding, dilation), groups, bias,
                        device, dtype)
                    : throw new ArgumentOutOfRangeException(nameof(padding_mode), padding_mode,
                        "only Zeros is there");

            public static partial class functional
            {
                /// <inheritdoc cref="Modules.Conv1d"/>
                public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null,
                    long? stride = null,
                    long? padding = null, long? dilation = null, long groups = 1)
                {
                    var result = Native.ts_conv1d(input.Handle, weight.Handle, bias?.Handle ?? 0, stride ?? 1,
                        padding ?? 0, dilation ?? 1, groups);
                    GC.KeepAlive(input);
                    GC.KeepAlive(weight);
                    GC.KeepAlive(bias);
                    return Native.Take(result);
                }
            }
        }
    }
}
