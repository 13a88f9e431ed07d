using System.Numerics;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>
/// The forward pass of a <see cref="CnnLstmNetwork"/> for one window at a time, in plain C#: what a decision at the
/// close of a bar costs, where a call into libtorch costs more than the arithmetic. Works on a copy of the weights;
/// no allocation; one thread.
/// </summary>
public sealed class CnnLstmForward
{
    /// <summary>Gates whose recurrent weights lie together: with a state of 64 they take 32 KB.</summary>
    private const int PanelColumns = 128;

    private readonly CnnLstmArchitecture _sizes;
    private readonly Convolution _first;
    private readonly Convolution _second;
    private readonly Memory<float> _inputWeight;
    private readonly float[] _gateBias;
    private readonly Memory<float>[] _recurrentPanels;
    private readonly Memory<float> _headWeight;
    private readonly float[] _headBias;
    private readonly Memory<float> _wideWeight;
    private readonly Memory<float> _encoded;
    private readonly Memory<float> _gates;
    private readonly float[] _hidden;
    private readonly float[] _cell;
    private readonly float[] _logits = new float[CnnLstmArchitecture.Outputs];

    public CnnLstmForward(CnnLstmNetwork network)
    {
        _sizes = network.Architecture;
        var (features, window, _, _, first, second, hidden) = _sizes;
        var weights = NetworkWeights.Named(network)
            .ToDictionary(one => one.Name, one => TensorCopies.Floats(one.Parameter));
        _first = new Convolution(_sizes, window, features, first, weights["conv1.weight"], weights["conv1.bias"]);
        _second = new Convolution(
            _sizes, _first.Rows, first, second, weights["conv2.weight"], weights["conv2.bias"]);
        _inputWeight = Transposed(weights["lstm.weight_ih_l0"], 4 * hidden, second);
        _recurrentPanels = [.. weights["lstm.weight_hh_l0"].Chunk(PanelColumns * hidden)
            .Select(rows => Transposed(rows, rows.Length / hidden, hidden))];
        _gateBias = [.. weights["lstm.bias_ih_l0"].Zip(weights["lstm.bias_hh_l0"], (a, b) => a + b)];
        _headWeight = Transposed(weights["head.weight"], CnnLstmArchitecture.Outputs, hidden);
        _headBias = weights["head.bias"];
        _wideWeight = Transposed(weights["wide.weight"], CnnLstmArchitecture.Outputs, features);
        _encoded = AlignedFloats.Allocate(_second.Rows * second);
        _gates = AlignedFloats.Allocate(_second.Rows * 4 * hidden);
        _hidden = new float[hidden];
        _cell = new float[hidden];
    }

    /// <param name="window">[time, feature], the oldest bar first.</param>
    /// <returns>[4] logits, valid until the next call.</returns>
    /// <exception cref="ArgumentException">The window has another size.</exception>
    public ReadOnlySpan<float> Logits(ReadOnlySpan<float> window)
    {
        var (features, bars, _, _, first, second, hidden) = _sizes;
        if (window.Length != bars * features)
        {
            throw new ArgumentException(
                $"the window holds {window.Length} numbers; the encoder needs [{bars}, {features}] = "
                + $"{bars * features}", nameof(window));
        }

        window.CopyTo(_first.Input);
        _first.Apply(_second.Input);
        DenseKernels.Relu(_second.Input[..(_first.Rows * first)]);
        _second.Apply(_encoded.Span);
        DenseKernels.Relu(_encoded.Span);
        DenseKernels.Multiply(
            _encoded.Span, StridedShape.Plain(_second.Rows, second, 4 * hidden), _inputWeight.Span, _gateBias,
            _gates.Span);
        Recur();
        DenseKernels.Multiply(
            _hidden, StridedShape.Plain(1, hidden, CnnLstmArchitecture.Outputs), _headWeight.Span,
            _headBias, _logits);
        DenseKernels.Multiply(
            window[^features..], StridedShape.Plain(1, features, CnnLstmArchitecture.Outputs), _wideWeight.Span,
            [], _logits);
        return _logits;
    }

    /// <summary>Gates in libtorch's order: input, forget, cell, output.</summary>
    private void Recur()
    {
        var hidden = _sizes.Hidden;
        _hidden.AsSpan().Clear();
        _cell.AsSpan().Clear();
        for (var step = 0; step < _second.Rows; step++)
        {
            var gates = _gates.Span.Slice(step * 4 * hidden, 4 * hidden);
            AddRecurrent(gates, step % 2 == 1);
            HyperbolicTangent.Sigmoid(gates[..(2 * hidden)]);
            HyperbolicTangent.Apply(gates.Slice(2 * hidden, hidden));
            HyperbolicTangent.Sigmoid(gates[(3 * hidden)..]);
            Remember(
                gates[..hidden], gates.Slice(hidden, hidden), gates.Slice(2 * hidden, hidden), _cell);
            _cell.CopyTo(_hidden, 0);
            HyperbolicTangent.Apply(_hidden);
            Multiply(gates[(3 * hidden)..], _hidden);
        }
    }

    /// <summary>cell = forget · cell + input · candidate.</summary>
    private static void Remember(
        ReadOnlySpan<float> input, ReadOnlySpan<float> forget, ReadOnlySpan<float> candidate, Span<float> cell)
    {
        var whole = cell.Length - cell.Length % Vector<float>.Count;
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var kept = new Vector<float>(forget[i..]) * new Vector<float>(cell[i..]);
            (kept + new Vector<float>(input[i..]) * new Vector<float>(candidate[i..])).CopyTo(cell[i..]);
        }

        for (var i = whole; i < cell.Length; i++)
        {
            cell[i] = forget[i] * cell[i] + input[i] * candidate[i];
        }
    }

    private static void Multiply(ReadOnlySpan<float> factors, Span<float> values)
    {
        var whole = values.Length - values.Length % Vector<float>.Count;
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            (new Vector<float>(factors[i..]) * new Vector<float>(values[i..])).CopyTo(values[i..]);
        }

        for (var i = whole; i < values.Length; i++)
        {
            values[i] *= factors[i];
        }
    }

    /// <summary>
    /// Every second time from the last panel to the first: the one used last is still in the first cache.
    /// </summary>
    private void AddRecurrent(Span<float> gates, bool backwards)
    {
        for (var i = 0; i < _recurrentPanels.Length; i++)
        {
            var panel = backwards ? _recurrentPanels.Length - 1 - i : i;
            var weights = _recurrentPanels[panel].Span;
            var columns = weights.Length / _sizes.Hidden;
            DenseKernels.Multiply(
                _hidden, StridedShape.Plain(1, _sizes.Hidden, columns), weights, [],
                gates.Slice(panel * PanelColumns, columns));
        }
    }

    private static Memory<float> Transposed(float[] weight, int rows, int columns)
    {
        var result = AlignedFloats.Allocate(weight.Length);
        DenseKernels.Transpose(weight, rows, columns, result.Span);
        return result;
    }

    /// <summary>
    /// One convolution over time as a product: the kernel's bars lie side by side in the padded input, so that each
    /// output row reads a stretch of it in place.
    /// </summary>
    private sealed class Convolution
    {
        private readonly float[] _padded;
        private readonly Memory<float> _weight;
        private readonly float[] _bias;
        private readonly StridedShape _shape;
        private readonly int _start;
        private readonly int _length;

        /// <param name="weight">[out, in, kernel], as libtorch has it.</param>
        public Convolution(
            CnnLstmArchitecture sizes, int bars, int channels, int outputs, float[] weight, float[] bias)
        {
            var (kernel, stride) = (sizes.Kernel, sizes.Stride);
            Rows = (bars + 2 * (kernel / 2) - kernel) / stride + 1;
            _shape = new StridedShape(Rows, kernel * channels, outputs, stride * channels, 1);
            (_start, _length) = (kernel / 2 * channels, bars * channels);
            _padded = new float[(bars + 2 * (kernel / 2)) * channels];
            _weight = AlignedFloats.Allocate(weight.Length);
            _bias = bias;
            for (var output = 0; output < outputs; output++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    for (var at = 0; at < kernel; at++)
                    {
                        _weight.Span[(at * channels + channel) * outputs + output] =
                            weight[(output * channels + channel) * kernel + at];
                    }
                }
            }
        }

        /// <summary>Bars of the output.</summary>
        public int Rows { get; }

        /// <summary>[bar, channel], to be written before <see cref="Apply"/>; zeros lie around it.</summary>
        public Span<float> Input => _padded.AsSpan(_start, _length);

        /// <param name="output">[bar, channel] of the output.</param>
        public void Apply(Span<float> output) => DenseKernels.Multiply(_padded, _shape, _weight.Span, _bias, output);
    }
}
