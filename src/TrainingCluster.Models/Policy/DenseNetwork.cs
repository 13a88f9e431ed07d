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
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, int rows, DenseActivations activations) =>
        Forward(parameters, input, new RowRange(0, rows), activations);

    /// <summary>
    /// Fills the activations for some rows of a batch. Ranges that do not overlap may be filled by several threads at
    /// once, and a row gets the same bits in any of them.
    /// </summary>
    /// <param name="input">[rows of the whole batch, inputs].</param>
    /// <returns>The outputs [rows of the range, outputs], inside the activations.</returns>
    public ReadOnlySpan<float> Forward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, RowRange range, DenseActivations activations)
    {
        var from = range.Of(input, Inputs);
        for (var layer = 0; layer < Layers; layer++)
        {
            var to = activations.Output(layer, range);
            var shape = StridedShape.Plain(range.Count, _sizes[layer], _sizes[layer + 1]);
            DenseKernels.Multiply(from, shape, Weight(parameters, layer), Bias(parameters, layer), to);
            Apply(After(layer), to);
            from = to;
        }

        return from;
    }

    /// <summary>Adds the gradient of a batch after <see cref="Forward(ReadOnlySpan{float}, ReadOnlySpan{float}, int,
    /// DenseActivations)"/>.</summary>
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
        Slopes(parameters, new RowRange(0, rows), activations, outputGradient, inputGradient, firstInput);
        if (!gradient.IsEmpty)
        {
            AddGradient(input, rows, activations, outputGradient, gradient, 0, 1);
        }
    }

    /// <summary>
    /// The first part of <see cref="Backward"/> for some rows: the loss by what every layer gives, inside the
    /// activations, and by the inputs. Ranges that do not overlap may be done by several threads at once.
    /// </summary>
    /// <param name="outputGradient">[rows of the whole batch, outputs].</param>
    /// <param name="inputGradient">[rows of the whole batch, inputs − firstInput], or empty.</param>
    public void Slopes(
        ReadOnlySpan<float> parameters, RowRange range, DenseActivations activations,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int firstInput = 0)
    {
        var slope = range.Of(outputGradient, Outputs);
        if (_output != Nonlinearity.None)
        {
            var through = activations.Slope(Layers - 1, range);
            slope.CopyTo(through);
            Through(_output, activations.Output(Layers - 1, range), through);
            slope = through;
        }

        for (var layer = Layers - 1; layer > 0 || (layer == 0 && !inputGradient.IsEmpty); layer--)
        {
            var first = layer == 0 ? firstInput : 0;
            var (inner, outer) = (_sizes[layer] - first, _sizes[layer + 1]);
            var down = layer == 0 ? range.Of(inputGradient, inner) : activations.Slope(layer - 1, range);
            DenseKernels.MultiplyTransposed(
                slope, range.Count, outer, Weight(parameters, layer)[(first * outer)..], inner,
                activations.Transposed(range, inner * outer), down);
            if (layer > 0)
            {
                Through(_hidden, activations.Output(layer - 1, range), down);
            }

            slope = down;
        }
    }

    /// <summary>
    /// The second part of <see cref="Backward"/> after <see cref="Slopes"/> of all rows: adds the loss by one part of
    /// the parameters. Several threads may do different parts at once, and the number of parts changes no bit.
    /// </summary>
    public void AddGradient(
        ReadOnlySpan<float> input, int rows, DenseActivations activations, ReadOnlySpan<float> outputGradient,
        Span<float> gradient, int part, int parts)
    {
        var all = new RowRange(0, rows);
        for (var layer = Layers - 1; layer >= 0; layer--)
        {
            var from = layer == 0 ? input : activations.Output(layer - 1, all);
            var slope = layer == Layers - 1 && _output == Nonlinearity.None
                ? outputGradient[..(rows * Outputs)] : activations.Slope(layer, all);
            var (inner, outer) = (_sizes[layer], _sizes[layer + 1]);
            var (first, end) = (inner * part / parts, inner * (part + 1) / parts);
            DenseKernels.Multiply(
                from[first..], new StridedShape(end - first, rows, outer, 1, inner), slope, [],
                gradient.Slice(WeightOffset(layer) + first * outer, (end - first) * outer));
            if (part == 0)
            {
                DenseKernels.AddRows(slope, rows, outer, gradient.Slice(BiasOffset(layer), outer));
            }
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

    private ReadOnlySpan<float> Weight(ReadOnlySpan<float> parameters, int layer) =>
        parameters.Slice(WeightOffset(layer), _sizes[layer] * _sizes[layer + 1]);

    private ReadOnlySpan<float> Bias(ReadOnlySpan<float> parameters, int layer) =>
        parameters.Slice(BiasOffset(layer), _sizes[layer + 1]);
}
