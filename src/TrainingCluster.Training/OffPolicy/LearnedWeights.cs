using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>
/// A flat vector of parameters with its gradient and optimizer. What goes over all of it goes over two halves, so that
/// a second thread, if there is one, changes no bit.
/// </summary>
internal sealed class LearnedWeights
{
    private readonly double _epsilon;
    private readonly SecondThread? _second;
    private readonly (Action First, Action Last) _square;
    private readonly (Action First, Action Last) _descend;
    private readonly (Action First, Action Last) _blend;
    private readonly double[] _squares = new double[2];
    private Adam _adam;
    private AdamStep _step;
    private (double Norm, double Maximum) _clip;
    private float[] _target = [];
    private float _share;

    /// <param name="second">For one of the halves, if any; the caller's.</param>
    public LearnedWeights(int count, double adamEpsilon, SecondThread? second = null)
    {
        (_epsilon, _second) = (adamEpsilon, second);
        _adam = new Adam(count, adamEpsilon);
        (Values, Gradient) = (new float[count], new float[count]);
        _square = (() => Square(0), () => Square(1));
        _descend = (() => Descend(0), () => Descend(1));
        _blend = (() => Blend(0), () => Blend(1));
    }

    public float[] Values { get; }

    /// <summary>Laid out like the values.</summary>
    public float[] Gradient { get; }

    /// <summary>Updates made.</summary>
    public long Steps => _adam.Steps;

    /// <summary>The gradient's Euclidean length.</summary>
    /// <param name="exact">Its sum in one order over everything; else over each half, for whoever only asks whether it
    /// is finite.</param>
    public double GradientNorm(bool exact)
    {
        if (exact)
        {
            return Policies.GradientNorm.Of(Gradient);
        }

        _second.Both(_square.First, _square.Last);
        return Math.Sqrt(_squares[0] + _squares[1]);
    }

    /// <summary>One step of Adam along the gradient, which is scaled to a largest length first.</summary>
    /// <param name="norm">Of the gradient.</param>
    /// <param name="maximumNorm">Infinity leaves it as it is.</param>
    public void Descend(double learningRate, double norm, double maximumNorm)
    {
        (_step, _clip) = (_adam.Begin(learningRate), (norm, maximumNorm));
        _second.Both(_descend.First, _descend.Last);
    }

    /// <summary>target ← target + share · (values − target).</summary>
    public void BlendInto(float[] target, double share)
    {
        (_target, _share) = (target, (float)share);
        _second.Both(_blend.First, _blend.Last);
    }

    public void Write(BinaryWriter writer)
    {
        StateCodec.Write(writer, Values);
        _adam.State.Write(writer);
    }

    /// <exception cref="InvalidDataException">The state has another number of parameters.</exception>
    public void Read(BinaryReader reader)
    {
        StateCodec.Read(reader, Values);
        var state = AdamState.Read(reader);
        StateCodec.Expect(state.Means.Length, Values.Length, "moments");
        _adam = new Adam(state, _epsilon);
    }

    private Range Half(int half)
    {
        var middle = Values.Length / 2;
        return half == 0 ? ..middle : middle..;
    }

    private void Square(int half) => _squares[half] = Policies.GradientNorm.SquareSum(Gradient.AsSpan(Half(half)));

    private void Descend(int half)
    {
        var gradient = Gradient.AsSpan(Half(half));
        if (double.IsFinite(_clip.Maximum))
        {
            Policies.GradientNorm.Clip(gradient, _clip.Norm, _clip.Maximum);
        }

        _adam.Apply(_step, Half(half).Start.Value, Values.AsSpan(Half(half)), gradient);
    }

    private void Blend(int half)
    {
        var values = Values.AsSpan(Half(half));
        var target = _target.AsSpan(Half(half));
        if (_share == 1)
        {
            values.CopyTo(target);
        }
        else
        {
            OffPolicy.Blend.Toward(target, values, _share);
        }
    }
}
