using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>
/// The encoder for one window at a time, without libtorch: what a live decision needs, where libtorch spends
/// its time on calls. Equal to <see cref="CnnLstmNetwork"/> within 10⁻⁵, without allocation, and the same
/// bits on every processor with fused multiply-add. Copies the weights; one thread.
/// </summary>
/// <remarks>
/// Time-major rows make a convolution one product: the bars that a kernel sees lie next to each other.
/// </remarks>
public sealed class CnnLstmForward
{
    private readonly ConvolutionRows _first;
    private readonly ConvolutionRows _second;
    private readonly LstmSteps _steps;
    private readonly float[] _inputWeights;
    private readonly float[] _gateBias;
    private readonly float[] _products;
    private readonly float[] _headWeights;
    private readonly float[] _headBias;
    private readonly float[] _wideWeights;

    public CnnLstmForward(CnnLstmNetwork network)
    {
        Architecture = network.Architecture;
        var named = NetworkWeights.Named(network).ToDictionary(
            one => one.Name, one => TensorCopies.Floats(one.Parameter), StringComparer.Ordinal);
        var (features, window, kernel, stride, conv1, conv2, hidden) = Architecture;
        _first = new ConvolutionRows(
            named["conv1.weight"], named["conv1.bias"], new(features, conv1, kernel, stride, window));
        _second = new ConvolutionRows(
            named["conv2.weight"], named["conv2.bias"], new(conv1, conv2, kernel, stride, _first.Rows));
        _steps = new LstmSteps(named["lstm.weight_hh_l0"], hidden);
        _inputWeights = LstmSteps.Packed(named["lstm.weight_ih_l0"], hidden, conv2);
        float[] bias = [.. named["lstm.bias_ih_l0"].Zip(named["lstm.bias_hh_l0"], (one, two) => one + two)];
        _gateBias = LstmSteps.Packed(bias, hidden, 1);
        _products = new float[_second.Rows * _gateBias.Length];
        _headWeights = named["head.weight"];
        _headBias = named["head.bias"];
        _wideWeights = named["wide.weight"];
    }

    public CnnLstmArchitecture Architecture { get; }

    /// <summary>The logits of one window.</summary>
    /// <param name="window">[time, feature], oldest bar first.</param>
    /// <param name="logits">[4].</param>
    public void Logits(ReadOnlySpan<float> window, Span<float> logits)
    {
        var (features, bars) = (Architecture.Features, Architecture.Window);
        if (window.Length != bars * features || logits.Length != CnnLstmArchitecture.Outputs)
        {
            throw new ArgumentException(
                $"the window holds {window.Length} numbers and the logits {logits.Length}; the encoder needs "
                + $"[{bars}, {features}] = {bars * features} and {CnnLstmArchitecture.Outputs}",
                nameof(window));
        }

        var read = _second.Run(_first.Run(window));
        DenseKernels.Multiply(
            read, StridedShape.Plain(_second.Rows, Architecture.Conv2, _gateBias.Length),
            _inputWeights, _gateBias, _products);
        var last = _steps.Last(_products, Architecture.Hidden);
        var latest = window[^features..];
        for (var k = 0; k < CnnLstmArchitecture.Outputs; k++)
        {
            var deep = Dot(_headWeights.AsSpan(k * Architecture.Hidden, Architecture.Hidden), last);
            var wide = Dot(_wideWeights.AsSpan(k * features, features), latest);
            logits[k] = _headBias[k] + deep + wide;
        }
    }

    private static float Dot(ReadOnlySpan<float> weights, ReadOnlySpan<float> values)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * values[i];
        }

        return sum;
    }
}
