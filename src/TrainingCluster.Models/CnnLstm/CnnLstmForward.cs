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
    private readonly CnnLstmArchitecture _sizes;
    private readonly Convolution _first;
    private readonly Convolution _second;
    private readonly float[] _inputWeight;
    private readonly float[] _gateBias;
    private readonly float[] _recurrentWeight;
    private readonly float[] _headWeight;
    private readonly float[] _headBias;
    private readonly float[] _wideWeight;
    private readonly float[] _encoded;
    private readonly float[] _gates;
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
        _recurrentWeight = Transposed(weights["lstm.weight_hh_l0"], 4 * hidden, hidden);
        _gateBias = [.. weights["lstm.bias_ih_l0"].Zip(weights["lstm.bias_hh_l0"], (a, b) => a + b)];
        _headWeight = Transposed(weights["head.weight"], CnnLstmArchitecture.Outputs, hidden);
        _headBias = weights["head.bias"];
        _wideWeight = Transposed(weights["wide.weight"], CnnLstmArchitecture.Outputs, features);
        _encoded = new float[_second.Rows * second];
        _gates = new float[_second.Rows * 4 * hidden];
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
        _second.Apply(_encoded);
        DenseKernels.Relu(_encoded);
        DenseKernels.Multiply(
            _encoded, StridedShape.Plain(_second.Rows, second, 4 * hidden), _inputWeight, _gateBias, _gates);
        Recur();
        DenseKernels.Multiply(
            _hidden, StridedShape.Plain(1, hidden, CnnLstmArchitecture.Outputs), _headWeight, _headBias, _logits);
        DenseKernels.Multiply(
            window[^features..], StridedShape.Plain(1, features, CnnLstmArchitecture.Outputs), _wideWeight, [],
            _logits);
        return _logits;
    }

    /// <summary>Gates in libtorch's order: input, forget, cell, output.</summary>
    private void Recur()
    {
        var hidden = _sizes.Hidden;
        var shape = StridedShape.Plain(1, hidden, 4 * hidden);
        _hidden.AsSpan().Clear();
        _cell.AsSpan().Clear();
        for (var step = 0; step < _second.Rows; step++)
        {
            var gates = _gates.AsSpan(step * 4 * hidden, 4 * hidden);
            DenseKernels.Multiply(_hidden, shape, _recurrentWeight, [], gates);
            HyperbolicTangent.Sigmoid(gates[..(2 * hidden)]);
            HyperbolicTangent.Apply(gates.Slice(2 * hidden, hidden));
            HyperbolicTangent.Sigmoid(gates[(3 * hidden)..]);
            for (var i = 0; i < hidden; i++)
            {
                _cell[i] = gates[hidden + i] * _cell[i] + gates[i] * gates[2 * hidden + i];
                _hidden[i] = _cell[i];
            }

            HyperbolicTangent.Apply(_hidden);
            for (var i = 0; i < hidden; i++)
            {
                _hidden[i] *= gates[3 * hidden + i];
            }
        }
    }

    private static float[] Transposed(float[] weight, int rows, int columns)
    {
        var result = new float[weight.Length];
        DenseKernels.Transpose(weight, rows, columns, result);
        return result;
    }

    /// <summary>
    /// One convolution over time as a product: the kernel's bars lie side by side in the padded input, so that each
    /// output row reads a stretch of it in place.
    /// </summary>
    private sealed class Convolution
    {
        private readonly float[] _padded;
        private readonly float[] _weight;
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
            _weight = new float[weight.Length];
            _bias = bias;
            for (var output = 0; output < outputs; output++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    for (var at = 0; at < kernel; at++)
                    {
                        _weight[(at * channels + channel) * outputs + output] =
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
        public void Apply(Span<float> output) => DenseKernels.Multiply(_padded, _shape, _weight, _bias, output);
    }
}
