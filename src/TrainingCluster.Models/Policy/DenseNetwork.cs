using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The arithmetic of a multilayer perceptron. It owns no numbers: parameters are a flat span, layer by layer
/// the weight [in, out] row-major and then the bias [out].
/// </summary>
public sealed class DenseNetwork
{
    private readonly ImmutableArray<int> _sizes;
    private readonly ImmutableArray<int> _offsets;
    private readonly Nonlinearity _hidden;
    private readonly Nonlinearity _output;

    /// <param name="sizes">Inputs, hidden widths, outputs: at least two numbers, all positive.</param>
    /// <param name="hidden">Between the layers.</param>
    /// <param name="output">After the last one.</param>
    public DenseNetwork(
        ImmutableArray<int> sizes, Nonlinearity hidden = Nonlinearity.Tanh,
        Nonlinearity output = Nonlinearity.None)
    {
        if (sizes.IsDefault || sizes.Length < 2 || sizes.Any(size => size < 1))
        {
            var text = sizes.IsDefault ? "nothing" : string.Join('-', sizes);
            throw new ArgumentException(
                $"layer sizes are {text}; they must be at least two positive numbers");
        }

        (_sizes, _hidden, _output) = (sizes, hidden, output);
        var offsets = ImmutableArray.CreateBuilder<int>(sizes.Length);
        offsets.Add(0);
        for (var layer = 0; layer < sizes.Length - 1; layer++)
        {
            offsets.Add(offsets[layer] + (sizes[layer] + 1) * sizes[layer + 1]);
        }

        _offsets = offsets.MoveToImmutable();
    }

    public int Layers => _sizes.Length - 1;

    public int Inputs => _sizes[0];

    public int Outputs => _sizes[^1];

    public int ParameterCount => _offsets[^1];

    /// <summary>
    /// Width of the input of a layer; of the network's output at index <see cref="Layers"/>.
    /// </summary>
    public int Width(int layer) => _sizes[layer];

    /// <summary>Where a layer's weight [in, out] starts in the flat parameters.</summary>
    public int WeightOffset(int layer) => _offsets[layer];

    /// <summary>Where a layer's bias [out] starts in the flat parameters.</summary>
    public int BiasOffset(int layer) => _offsets[layer] + _sizes[layer] * _sizes[layer + 1];

    /// <summary>
    /// Orthogonal weights (hidden layers at gain √2, the last at the given gain), zero biases.
    /// </summary>
    public void Initialize(Span<float> parameters, double outputGain, RandomStream random)
    {
        parameters[..ParameterCount].Clear();
        for (var layer = 0; layer < Layers; layer++)
        {
            var gain = layer == Layers - 1 ? outputGain : Math.Sqrt(2);
            var weight = parameters.Slice(WeightOffset(layer), _sizes[layer] * _sizes[layer + 1]);
            OrthogonalInitialization.Fill(weight, _sizes[layer], _sizes[layer + 1], gain, random);
        }
    }

    /// <summary>
    /// Weights and biases uniform in ±1/√inputs of each layer, as PyTorch's Linear begins (He et al. 2015
    /// with slope √5).
    /// </summary>
    public void InitializeUniform(Span<float> parameters, RandomStream random)
    {
        for (var layer = 0; layer < Layers; layer++)
        {
            var bound = 1 / Math.Sqrt(_sizes[layer]);
            foreach (ref var parameter in parameters[_offsets[layer].._offsets[layer + 1]])
            {
                parameter = (float)(bound * (2 * random.NextDouble() - 1));
            }
        }
    }

    /// <summary>Fills the activations for a batch.</summary>
    /// <param name="input">[rows, inputs].</param>
    /// <returns>The network's outputs [rows, outputs], inside the activations.</returns>
    public ReadOnlySpan<float> Forward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, int rows, DenseActivations activations)
    {
        var from = input;
        for (var layer = 0; layer < Layers; layer++)
        {
            var to = activations.Output(layer, rows);
            var shape = StridedShape.Plain(rows, _sizes[layer], _sizes[layer + 1]);
            DenseKernels.Multiply(from, shape, Weight(parameters, layer), Bias(parameters, layer), to);
            Apply(After(layer), to);
            from = to;
        }

        return from;
    }

    /// <summary>Adds the gradient of a batch after <see cref="Forward"/>.</summary>
    /// <param name="outputGradient">Loss by outputs, [rows, outputs].</param>
    /// <param name="gradient">Loss by parameters, in the parameters' layout; added to. Empty where nobody
    /// asks.</param>
    /// <param name="inputGradient">Loss by the inputs from <paramref name="firstInput"/> on, [rows, inputs −
    /// firstInput], overwritten; empty where nobody asks.</param>
    public void Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, int rows, DenseActivations activations,
        ReadOnlySpan<float> outputGradient, Span<float> gradient, Span<float> inputGradient,
        int firstInput = 0)
    {
        var slope = outputGradient;
        if (_output != Nonlinearity.None)
        {
            var through = activations.Slope(Layers - 1, rows);
            outputGradient[..through.Length].CopyTo(through);
            Through(_output, activations.Output(Layers - 1, rows), through);
            slope = through;
        }

        for (var layer = Layers - 1; layer >= 0; layer--)
        {
            if (!gradient.IsEmpty)
            {
                var from = layer == 0 ? input : activations.Output(layer - 1, rows);
                AddWeightGradient(layer, from, slope, rows, gradient);
            }

            if (layer == 0 && inputGradient.IsEmpty)
            {
                return;
            }

            var first = layer == 0 ? firstInput : 0;
            var (inner, outer) = (_sizes[layer] - first, _sizes[layer + 1]);
            var down = layer == 0 ? inputGradient[..(rows * inner)] : activations.Slope(layer - 1, rows);
            DenseKernels.MultiplyTransposed(
                slope, rows, outer, Weight(parameters, layer)[(first * outer)..], inner,
                activations.Transposed(inner * outer), down);
            if (layer > 0)
            {
                Through(_hidden, activations.Output(layer - 1, rows), down);
            }

            slope = down;
        }
    }

    private static void Apply(Nonlinearity kind, Span<float> values)
    {
        switch (kind)
        {
            case Nonlinearity.Tanh:
                DenseKernels.Tanh(values);
                break;
            case Nonlinearity.Relu:
                DenseKernels.Relu(values);
                break;
        }
    }

    private static void Through(Nonlinearity kind, ReadOnlySpan<float> outputs, Span<float> slope)
    {
        switch (kind)
        {
            case Nonlinearity.Tanh:
                HyperbolicTangent.Through(outputs, slope);
                break;
            case Nonlinearity.Relu:
                DenseKernels.ThroughRelu(outputs, slope);
                break;
        }
    }

    private Nonlinearity After(int layer) => layer < Layers - 1 ? _hidden : _output;

    private void AddWeightGradient(
        int layer, ReadOnlySpan<float> from, ReadOnlySpan<float> slope, int rows, Span<float> gradient)
    {
        var (inner, outer) = (_sizes[layer], _sizes[layer + 1]);
        var weightSlope = gradient.Slice(WeightOffset(layer), inner * outer);
        DenseKernels.Multiply(from, StridedShape.Transposed(inner, rows, outer), slope, [], weightSlope);
        DenseKernels.AddRows(slope, rows, outer, gradient.Slice(BiasOffset(layer), outer));
    }

    private ReadOnlySpan<float> Weight(ReadOnlySpan<float> parameters, int layer) =>
        parameters.Slice(WeightOffset(layer), _sizes[layer] * _sizes[layer + 1]);

    private ReadOnlySpan<float> Bias(ReadOnlySpan<float> parameters, int layer) =>
        parameters.Slice(BiasOffset(layer), _sizes[layer + 1]);
}
