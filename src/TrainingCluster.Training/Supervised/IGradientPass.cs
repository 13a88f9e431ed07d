namespace TrainingCluster.Training.Supervised;

/// <summary>
/// A network with its samples, as a learner sees it: weights go in, the mean loss of some samples and its
/// gradient come out. The learner owns the weights; a pass holds copies. One thread.
/// </summary>
internal interface IGradientPass : IDisposable
{
    /// <summary>Where each named parameter lies in the flat vector of weights.</summary>
    ImmutableArray<ParameterSpan> Layout { get; }

    /// <summary>Takes on all weights, flat.</summary>
    void Restore(ReadOnlySpan<float> weights);

    /// <summary>Says which samples will be asked for after the next call, so that they can be fetched.</summary>
    void Announce(ReadOnlySpan<int> samples);

    /// <summary>Mean loss over the samples.</summary>
    /// <param name="samples">At least one.</param>
    /// <param name="gradients">The loss by the weights; overwritten.</param>
    double LossAndGradients(ReadOnlySpan<int> samples, Span<float> gradients);

    /// <summary>Logits of the windows that end with the bars, [bar, 4].</summary>
    float[] Logits(ReadOnlySpan<int> bars);
}

/// <summary>A parameter in a flat vector of weights.</summary>
internal readonly record struct ParameterSpan(string Name, int Start, int Count)
{
    public static int Total(ImmutableArray<ParameterSpan> layout) => layout[^1].Start + layout[^1].Count;
}
