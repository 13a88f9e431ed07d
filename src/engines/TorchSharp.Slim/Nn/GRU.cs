using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Gated recurrent unit (Cho et al. 2014, in cuDNN's form: gates r, z, n, with the reset gate applied
    /// after the matrix product). Input and output as <see cref="LSTM"/>, without the cell state.
    /// </summary>
    public sealed class GRU : torch.nn.Module<torch.Tensor, torch.Tensor?, (torch.Tensor, torch.Tensor)>
    {
        private readonly RecurrentCore core;

        internal GRU(RecurrentShape shape, torch.Device? device, torch.ScalarType? dtype) : base(nameof(GRU))
        {
            core = new RecurrentCore(false, shape);
            if (device is not null || dtype is not null) core.Move(dtype, device);
            foreach (var (name, parameter) in core.Parameters()) register_parameter(name, parameter);
        }

        public new (torch.Tensor, torch.Tensor) call(torch.Tensor input, torch.Tensor? h0 = null) =>
            base.call(input, h0);

        public override unsafe (torch.Tensor, torch.Tensor) forward(torch.Tensor input,
            torch.Tensor? h0 = null)
        {
            nint hidden = 0;
            var output = Native.ts_gru_forward(core.Handle, input.Handle, h0?.Handle ?? 0, &hidden);
            GC.KeepAlive(core);
            GC.KeepAlive(input);
            GC.KeepAlive(h0);
            if (output == 0) throw core.Explain(this, input, Native.Fail());
            return (Native.Take(output), Native.Take(hidden));
        }

        /// <inheritdoc cref="LSTM.flatten_parameters"/>
        public void flatten_parameters() => core.Flatten();

        public override void train(bool train = true)
        {
            base.train(train);
            core.Train(train);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing) core.Dispose();
        }

        private protected override void MoveOwn(torch.ScalarType? type, torch.Device? device) =>
            core.Move(type, device ?? parameters().First().device);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.GRU"/>
            public static Modules.GRU GRU(long inputSize, long hiddenSize, long numLayers = 1,
                bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
                    Device? device = null, ScalarType? dtype = null) => new(
                    new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), device,
                        dtype);
        }
    }
}
