namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Stochastic gradient descent with momentum over one flat array, as torch.optim.SGD: v = μ v + g + λ w,
/// starting from v = g + λ w, and w = w − rate · v (Sutskever et al. 2013 put the rate inside v).
/// </summary>
internal sealed class FlatSgd : IFlatOptimizer
{
    private readonly float[] _velocity;
    private readonly float _momentum;
    private readonly float _weightDecay;

    public FlatSgd(FlatAdamState state, double momentum, double weightDecay)
    {
        _velocity = [.. state.M];
        Steps = state.Steps;
        (_momentum, _weightDecay) = ((float)momentum, (float)weightDecay);
    }

    public long Steps { get; private set; }

    /// <summary>The velocity takes the place of the first moment; there is no second.</summary>
    public FlatAdamState Capture() => new([.. _velocity], [], Steps);

    public void Step(Span<float> weights, ReadOnlySpan<float> gradients, double learningRate,
        ReadOnlySpan<ParameterSpan> active)
    {
        Steps++;
        var rate = (float)learningRate;
        foreach (var (_, start, count) in active)
        {
            for (var i = start; i < start + count; i++)
            {
                var gradient = gradients[i] + _weightDecay * weights[i];
                // Before the first step the velocity is zero, so that it begins as the gradient itself.
                _velocity[i] = _momentum * _velocity[i] + gradient;
                weights[i] -= rate * _velocity[i];
            }
        }
    }
}
