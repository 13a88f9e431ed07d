using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.ActorCritic;

/// <summary>
/// A network whose passes over a batch are done by two threads where there are two: half of the rows each, then half of
/// the weights' gradient each. No sum is split, so the bits are those of one thread.
/// </summary>
internal sealed class SplitNetwork
{
    /// <summary>Fewer rows are not worth a second thread.</summary>
    private const int LeastRows = 64;

    private readonly DenseActivations _scratch;
    private readonly SecondThread? _second;
    private readonly (Action First, Action Last) _forward;
    private readonly (Action First, Action Last) _slopes;
    private readonly (Action First, Action Last) _add;
    private float[] _parameters = [];
    private float[] _input = [];
    private float[] _outputSlopes = [];
    private float[] _gradient = [];
    private float[] _inputSlopes = [];
    private int _rows;

    /// <param name="rows">Most rows of a batch.</param>
    public SplitNetwork(DenseNetwork shape, int rows, SecondThread? second)
    {
        (Shape, _second) = (shape, second);
        _scratch = new DenseActivations(shape, rows);
        _forward = (() => Forward(0), () => Forward(1));
        _slopes = (() => Slopes(0), () => Slopes(1));
        _add = (() => AddGradient(0), () => AddGradient(1));
    }

    public DenseNetwork Shape { get; }

    /// <param name="input">[row, input].</param>
    /// <returns>[row, output], valid until the next call.</returns>
    public ReadOnlySpan<float> Forward(float[] parameters, float[] input, int rows)
    {
        (_parameters, _input, _rows) = (parameters, input, rows);
        if (_second is null || rows < LeastRows)
        {
            return Forward(parameters, input.AsSpan(), rows);
        }

        _second.Run(_forward.First, _forward.Last);
        return _scratch.Outputs(rows);
    }

    /// <summary>On the caller's thread.</summary>
    public ReadOnlySpan<float> Forward(float[] parameters, ReadOnlySpan<float> input, int rows) =>
        Shape.Forward(parameters, input, rows, _scratch);

    /// <summary>Adds the gradient of the batch of the last forward pass.</summary>
    /// <param name="outputSlopes">Loss by outputs [row, output].</param>
    /// <param name="gradient">Laid out like the parameters.</param>
    /// <param name="inputSlopes">Receives the loss by inputs [row, input]; empty where nobody asks.</param>
    public void Backward(float[] outputSlopes, float[] gradient, float[] inputSlopes)
    {
        (_outputSlopes, _gradient, _inputSlopes) = (outputSlopes, gradient, inputSlopes);
        _second.Both(_slopes.First, _slopes.Last);
        _second.Both(_add.First, _add.Last);
    }

    private void Forward(int half) => Shape.Forward(_parameters, _input, RowRange.Half(_rows, half), _scratch);

    private void Slopes(int half) =>
        Shape.Slopes(_parameters, RowRange.Half(_rows, half), _scratch, _outputSlopes, _inputSlopes);

    private void AddGradient(int half) =>
        Shape.AddGradient(_input, _rows, _scratch, _outputSlopes, _gradient, half, 2);
}
