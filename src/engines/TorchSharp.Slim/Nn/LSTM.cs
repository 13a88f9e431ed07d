using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Long short-term memory (Hochreiter &amp; Schmidhuber 1997; gates i, f, g, o in this order, as in
    /// cuDNN). Input [time, batch, feature], or [batch, time, feature] with batchFirst; gives the output of
    /// the last layer at every step, and the last hidden and cell states [layers · directions, batch,
    /// hidden].
    /// </summary>
    public sealed class LSTM
        : torch.nn.Module<torch.Tensor, (torch.Tensor, torch.Tensor)?,
            (torch.Tensor, torch.Tensor, torch.Tensor)>
    {
        private readonly RecurrentCore core;

        internal LSTM(RecurrentShape shape, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LSTM))
        {
            core = new RecurrentCore(true, shape);
            if (device is not null || dtype is not null) core.Move(dtype, device);
            foreach (var (name, parameter) in core.Parameters()) register_parameter(name, parameter);
        }

        public new (torch.Tensor, torch.Tensor, torch.Tensor) call(torch.Tensor input,
            (torch.Tensor, torch.Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        /// <param name="input">[time, batch, feature], or [batch, time, feature] with batchFirst.</param>
        /// <param name="h0_c0">The states to start from, [layers · directions, batch, hidden] each; zeros
        /// where null.</param>
        public override unsafe (torch.Tensor, torch.Tensor, torch.Tensor) forward(torch.Tensor input,
            (torch.Tensor, torch.Tensor)? h0_c0 = null)
        {
            nint hidden = 0, cell = 0;
            var output = Native.ts_lstm_forward(core.Handle, input.Handle, h0_c0?.Item1.Handle ?? 0,
                h0_c0?.Item2.Handle ?? 0, &hidden, &cell);
            GC.KeepAlive(core);
            GC.KeepAlive(input);
            GC.KeepAlive(h0_c0?.Item1);
            GC.KeepAlive(h0_c0?.Item2);
            if (output == 0) throw core.Explain(this, input, Native.Fail());
            return (Native.Take(output), Native.Take(hidden), Native.Take(cell));
        }

        /// <summary>Lays the weights out in one block, which CUDA needs for speed.</summary>
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
            /// <inheritdoc cref="Modules.LSTM"/>
            /// <param name="inputSize">Features of one step.</param>
            /// <param name="hiddenSize">Size of the hidden and the cell state.</param>
            /// <param name="numLayers">Layers on top of each other.</param>
            /// <param name="bias">Whether the gates have biases.</param>
            /// <param name="batchFirst">Whether the batch is the first axis of input and output.</param>
            /// <param name="dropout">Probability of dropping an output between layers, in training.</param>
            /// <param name="bidirectional">Whether a second network reads the sequence from its end.</param>
            /// <param name="device">The CPU where null.</param>
            /// <param name="dtype">float32 where null.</param>
            public static Modules.LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1,
                bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
                    Device? device = null, ScalarType? dtype = null) => new(
                    new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), device,
                        dtype);
        }
    }
}
