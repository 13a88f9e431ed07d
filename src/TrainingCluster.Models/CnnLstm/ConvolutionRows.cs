using TrainingCluster.Models.Policy;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>
/// A convolution over time and the ReLU behind it, for one sequence in rows [time, channel]. With zeros
/// around the sequence, what the kernel sees of it is contiguous, so the whole layer is one product.
/// </summary>
internal sealed class ConvolutionRows
{
    private readonly ConvolutionShape _shape;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly float[] _padded;
    private readonly float[] _output;

    /// <param name="weights">[output, input, kernel] as libtorch stores them.</param>
    public ConvolutionRows(ReadOnlySpan<float> weights, float[] bias, ConvolutionShape shape)
    {
        var (inputs, outputs, kernel, stride, rows) = shape;
        _shape = shape;
        _bias = bias;
        _weights = new float[weights.Length];
        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                for (var tap = 0; tap < kernel; tap++)
                {
                    _weights[(tap * inputs + input) * outputs + output] =
                        weights[(output * inputs + input) * kernel + tap];
                }
            }
        }

        var margin = kernel / 2;
        _padded = new float[(rows + 2 * margin) * inputs];
        Rows = (rows + 2 * margin - kernel) / stride + 1;
        _output = new float[Rows * outputs];
    }

    /// <summary>Rows of the output.</summary>
    public int Rows { get; }

    /// <param name="sequence">[time, input].</param>
    /// <returns>[Rows, output]; overwritten by the next call.</returns>
    public ReadOnlySpan<float> Run(ReadOnlySpan<float> sequence)
    {
        var (inputs, outputs, kernel, stride, _) = _shape;
        sequence.CopyTo(_padded.AsSpan(kernel / 2 * inputs));
        DenseKernels.Multiply(
            _padded, new StridedShape(Rows, kernel * inputs, outputs, stride * inputs, 1), _weights, _bias,
            _output);
        for (var i = 0; i < _output.Length; i++)
        {
            // NaN is not below zero and stays.
            _output[i] = _output[i] < 0 ? 0 : _output[i];
        }

        return _output;
    }
}

/// <summary>The sizes of a <see cref="ConvolutionRows"/>.</summary>
/// <param name="Inputs">Channels read.</param>
/// <param name="Outputs">Channels made.</param>
/// <param name="Kernel">Bars seen at once; odd.</param>
/// <param name="Stride">Bars from one output to the next.</param>
/// <param name="Rows">Bars of the sequence.</param>
internal readonly record struct ConvolutionShape(int Inputs, int Outputs, int Kernel, int Stride, int Rows);
