using System.Numerics;

namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Adam over one flat array of weights: Kingma, Ba 2015, algorithm 1, with the L2 term added to the gradient
/// as torch.optim.Adam does. Its whole state is two arrays and a count, and each step is one loop in a fixed
/// order.
/// </summary>
/// <remarks>Names: m, v and t are the paper's; α is the learning rate of the call.</remarks>
internal sealed class FlatAdam : IFlatOptimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _m;
    private readonly float[] _v;
    private readonly float _weightDecay;

    public FlatAdam(int count, double weightDecay)
        : this(new FlatAdamState(new float[count], new float[count], 0), weightDecay)
    {
    }

    public FlatAdam(FlatAdamState state, double weightDecay)
    {
        _m = [.. state.M];
        _v = [.. state.V];
        Steps = state.Steps;
        _weightDecay = (float)weightDecay;
    }

    /// <summary>Updates made.</summary>
    public long Steps { get; private set; }

    public FlatAdamState Capture() => new([.. _m], [.. _v], Steps);

    /// <summary>Moves the weights one step against the gradients.</summary>
    public void Step(Span<float> weights, ReadOnlySpan<float> gradients, double learningRate) =>
        Step(weights, gradients, learningRate, [new ParameterSpan("", 0, weights.Length)]);

    public void Step(Span<float> weights, ReadOnlySpan<float> gradients, double learningRate,
        ReadOnlySpan<ParameterSpan> active)
    {
        Steps++;
        var correction1 = 1 - Math.Pow(Beta1, Steps);
        var correction2 = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        var stepSize = (float)(learningRate / correction1);
        var scale = (float)(1 / correction2);
        foreach (var (_, start, count) in active)
        {
            Move(
                weights.Slice(start, count), gradients.Slice(start, count), _m.AsSpan(start, count),
                _v.AsSpan(start, count), stepSize, scale);
        }
    }

    /// <summary>Whole vectors, then the rest, by the same operations: the same bits either way.</summary>
    private void Move(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means,
        Span<float> squares, float stepSize, float scale)
    {
        var i = 0;
        for (; i + Vector<float>.Count <= weights.Length; i += Vector<float>.Count)
        {
            var w = new Vector<float>(weights[i..]);
            var gradient = new Vector<float>(gradients[i..]) + new Vector<float>(_weightDecay) * w;
            var m = new Vector<float>(Beta1) * new Vector<float>(means[i..])
                + new Vector<float>(1 - Beta1) * gradient;
            var v = new Vector<float>(Beta2) * new Vector<float>(squares[i..])
                + new Vector<float>(1 - Beta2) * gradient * gradient;
            m.CopyTo(means[i..]);
            v.CopyTo(squares[i..]);
            var size = Vector.SquareRoot(v) * new Vector<float>(scale) + new Vector<float>(Epsilon);
            (w - new Vector<float>(stepSize) * m / size).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = gradients[i] + _weightDecay * weights[i];
            var m = Beta1 * means[i] + (1 - Beta1) * gradient;
            var v = Beta2 * squares[i] + (1 - Beta2) * gradient * gradient;
            means[i] = m;
            squares[i] = v;
            weights[i] -= stepSize * m / (MathF.Sqrt(v) * scale + Epsilon);
        }
    }
}

/// <summary>Everything an optimizer needs to continue.</summary>
/// <param name="M">Running mean of the gradients.</param>
/// <param name="V">Running mean of their squares.</param>
/// <param name="Steps">Updates made.</param>
internal sealed record FlatAdamState(float[] M, float[] V, long Steps);
