namespace TrainingCluster.Models.Policy;

/// <summary>The shape of a <see cref="PpoNetwork"/>.</summary>
/// <param name="Observations">Entries of an observation, at least 1.</param>
/// <param name="Actions">Discrete actions, at least 2.</param>
public sealed record PpoNetworkOptions(int Observations, int Actions)
{
    /// <summary>Widths of the tanh layers of each trunk.</summary>
    /// <value>64 and 64.</value>
    public ImmutableArray<int> Hidden { get; init; } = [64, 64];
}
