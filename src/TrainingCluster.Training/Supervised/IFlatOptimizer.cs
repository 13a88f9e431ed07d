namespace TrainingCluster.Training.Supervised;

/// <summary>Changes one flat array of weights by its gradients.</summary>
internal interface IFlatOptimizer
{
    /// <summary>Updates made.</summary>
    long Steps { get; }

    FlatAdamState Capture();

    /// <summary>Moves the active weights one step against the gradients; the others stay.</summary>
    void Step(Span<float> weights, ReadOnlySpan<float> gradients, double learningRate,
        ReadOnlySpan<ParameterSpan> active);
}
