namespace TrainingCluster.Models.Policy;

/// <summary>What is applied to each output of a dense layer.</summary>
public enum Nonlinearity
{
    /// <summary>The output as it is.</summary>
    None,

    /// <summary>Hyperbolic tangent, <see cref="DenseKernels.Tanh(Span{float})"/>.</summary>
    Tanh,

    /// <summary>max(0, x); NaN stays NaN.</summary>
    Relu,
}
