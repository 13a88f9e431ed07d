using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.ActorCritic;

/// <summary>
/// Two critics Q(s, a) learned from the same targets, and their slow copies (clipped double Q-learning,
/// Fujimoto et al. 2018, arXiv:1802.09477, section 4.2). Both lie in one flat vector, the first one first; they
/// share nothing that they write, so a second thread changes no bit.
/// </summary>
internal sealed class TwinCritics
{
    private readonly DenseNetwork _shape;
    private readonly DenseActivations[] _scratch;
    private readonly LearnedWeights _weights;
    private readonly float[] _target;
    private readonly float[] _inputs;
    private readonly float[][] _values;
    private readonly float[][] _slopes;
    private readonly float[][] _actionSlopes;
    private readonly double[] _losses = new double[2];
    private readonly double[] _sums = new double[2];
    private float[][] _inputSlopes = [[], []];
    private readonly int _observations;
    private readonly int _actions;
    private readonly SecondThread? _second;
    private readonly (Action First, Action Last) _forward;
    private readonly (Action First, Action Last) _learn;
    private readonly (Action First, Action Last) _actionBackward;
    private readonly (Action First, Action Last) _forwardOfFirst;
    private readonly (Action First, Action Last) _actionBackwardOfFirst;
    private float[] _parameters = [];
    private float[] _targets = [];
    private ReplayBatch? _batch;
    private float _scale;
    private bool _asksForSlopes;
    private int _rows;

    /// <param name="second">For the second critic; null does both on the caller's thread.</param>
    public TwinCritics(
        int observations, int actions, ImmutableArray<int> hidden, int rows, double adamEpsilon, Seed seed,
        SecondThread? second)
    {
        (_observations, _actions, _second) = (observations, actions, second);
        _shape = new DenseNetwork([observations + actions, .. hidden, 1], Nonlinearity.Relu);
        _scratch = [new DenseActivations(_shape, rows), new DenseActivations(_shape, rows)];
        _weights = new LearnedWeights(2 * _shape.ParameterCount, adamEpsilon, second);
        var random = seed.For("critics").Stream();
        _shape.InitializeUniform(Part(_weights.Values, 0), random);
        _shape.InitializeUniform(Part(_weights.Values, 1), random);
        _target = [.. _weights.Values];
        _inputs = new float[rows * _shape.Inputs];
        _values = [new float[rows], new float[rows]];
        _slopes = [new float[rows], new float[rows]];
        _actionSlopes = [new float[rows * actions], new float[rows * actions]];
        _forward = (() => Forward(0), () => Forward(1));
        _learn = (() => Learn(0), () => Learn(1));
        _actionBackward = (() => ActionBackward(0), () => ActionBackward(1));
        _forwardOfFirst = (() => ForwardOfFirst(0), () => ForwardOfFirst(1));
        _actionBackwardOfFirst = (() => ActionBackwardOfFirst(0), () => ActionBackwardOfFirst(1));
    }

    /// <summary>The slow copies' parameters.</summary>
    public ReadOnlySpan<float> Target => _target;

    public ReadOnlySpan<float> Values => _weights.Values;

    /// <summary>In the order of <see cref="Values"/>.</summary>
    public ImmutableArray<NamedNetwork> Networks => [new("critic1", _shape), new("critic2", _shape)];

    /// <summary>Begins with other critics' parameters, the slow copies too.</summary>
    public void Begin(ReadOnlySpan<float> values)
    {
        StateCodec.Expect(values.Length, _weights.Values.Length, "parameters of critics");
        values.CopyTo(_weights.Values);
        values.CopyTo(_target);
    }

    /// <summary>The smaller of the slow critics' values.</summary>
    /// <param name="values">[row], overwritten.</param>
    public void TargetMinimum(
        ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, int rows, Span<float> values)
    {
        Join(observations, actions, rows);
        Forward(_target, rows);
        for (var row = 0; row < rows; row++)
        {
            values[row] = Math.Min(_values[0][row], _values[1][row]);
        }
    }

    /// <summary>One update of both critics towards targets.</summary>
    /// <param name="scale">Factor on the sum over the critics of the mean squared error.</param>
    /// <param name="errors">[row]: receives the mean |δ| of the two.</param>
    public (double Loss, double MeanValue) Learn(
        ReplayBatch batch, float[] targets, float scale, UpdateStep step, Span<float> errors)
    {
        (_batch, _targets, _scale, _rows, _parameters) = (batch, targets, scale, batch.Rows, _weights.Values);
        _asksForSlopes = step.ObservationSlopes.Length > 0;
        if (_asksForSlopes && _inputSlopes[0].Length == 0)
        {
            _inputSlopes = [new float[_inputs.Length], new float[_inputs.Length]];
        }

        Join(batch.Observations, batch.Actions, _rows);
        _second.Both(_learn.First, _learn.Last);
        for (var row = 0; row < _rows; row++)
        {
            errors[row] = 0.5f * MathF.Abs(_values[0][row] - targets[row])
                + 0.5f * MathF.Abs(_values[1][row] - targets[row]);
        }

        ObservationSlopes(_rows, step.ObservationSlopes);
        step.Apply(_weights, "critics");
        return (_losses[0] + _losses[1], (_sums[0] + _sums[1]) / (2 * _rows));
    }

    /// <summary>The slope by the action of the first critic, or of the smaller of both.</summary>
    /// <param name="slopes">[row, entry], overwritten.</param>
    /// <returns>The mean of the values.</returns>
    public double ActionSlopes(
        ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, int rows, bool smaller,
        Span<float> slopes)
    {
        Join(observations, actions, rows);
        Forward(_weights.Values, rows, smaller ? 2 : 1);
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
        {
            var first = !smaller || _values[0][row] <= _values[1][row];
            (_slopes[0][row], _slopes[1][row]) = first ? (1f, 0f) : (0f, 1f);
            sum += _values[first ? 0 : 1][row];
        }

        var pieces = smaller ? _actionBackward : _actionBackwardOfFirst;
        _second.Both(pieces.First, pieces.Last);

        for (var i = 0; i < rows * _actions; i++)
        {
            slopes[i] = smaller ? _actionSlopes[0][i] + _actionSlopes[1][i] : _actionSlopes[0][i];
        }

        return sum / rows;
    }

    /// <summary>Moves the slow copies by a share of the way.</summary>
    public void Follow(double share) => _weights.BlendInto(_target, share);

    public void Write(BinaryWriter writer)
    {
        _weights.Write(writer);
        StateCodec.Write(writer, _target);
    }

    public void Read(BinaryReader reader)
    {
        _weights.Read(reader);
        StateCodec.Read(reader, _target);
    }

    private void ObservationSlopes(int rows, Span<float> slopes)
    {
        for (var row = 0; row < rows && !slopes.IsEmpty; row++)
        {
            for (var entry = 0; entry < _observations; entry++)
            {
                var at = row * _shape.Inputs + entry;
                slopes[row * _observations + entry] = _inputSlopes[0][at] + _inputSlopes[1][at];
            }
        }
    }

    private Span<float> Part(float[] both, int critic) =>
        both.AsSpan(critic * _shape.ParameterCount, _shape.ParameterCount);

    private void Join(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var line = _inputs.AsSpan(row * _shape.Inputs, _shape.Inputs);
            observations.Slice(row * _observations, _observations).CopyTo(line);
            actions.Slice(row * _actions, _actions).CopyTo(line[_observations..]);
        }
    }

    private void Forward(float[] parameters, int rows, int critics = 2)
    {
        (_parameters, _rows) = (parameters, rows);
        var pieces = critics == 2 ? _forward : _forwardOfFirst;
        _second.Both(pieces.First, pieces.Last);
    }

    private void Forward(int critic) =>
        _shape.Forward(Part(_parameters, critic), _inputs, _rows, _scratch[critic]).CopyTo(_values[critic]);

    private void ForwardOfFirst(int half)
    {
        var rows = RowRange.Half(_rows, half);
        _shape.Forward(Part(_parameters, 0), _inputs, rows, _scratch[0]).CopyTo(rows.Of(_values[0].AsSpan(), 1));
    }

    private void ActionBackwardOfFirst(int half) => _shape.Slopes(
        Part(_parameters, 0), RowRange.Half(_rows, half), _scratch[0], _slopes[0], _actionSlopes[0], _observations);

    private void Learn(int critic)
    {
        Forward(critic);
        var (loss, sum) = (0.0, 0.0);
        var (values, slopes, weights) = (_values[critic], _slopes[critic], _batch!.Weights);
        for (var row = 0; row < _rows; row++)
        {
            var error = values[row] - _targets[row];
            var weighted = _scale * weights[row] * error / _rows;
            loss += weighted * error;
            sum += values[row];
            slopes[row] = 2 * weighted;
        }

        (_losses[critic], _sums[critic]) = (loss, sum);
        var gradient = Part(_weights.Gradient, critic);
        gradient.Clear();
        _shape.Backward(
            Part(_parameters, critic), _inputs, _rows, _scratch[critic], slopes, gradient,
            _asksForSlopes ? _inputSlopes[critic].AsSpan(0, _rows * _shape.Inputs) : []);
    }

    private void ActionBackward(int critic) => _shape.Backward(
        Part(_parameters, critic), _inputs, _rows, _scratch[critic], _slopes[critic], [],
        _actionSlopes[critic].AsSpan(0, _rows * _actions), _observations);
}
