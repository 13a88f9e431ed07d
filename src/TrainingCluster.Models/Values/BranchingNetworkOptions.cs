using TrainingCluster.Models.Policy;

namespace TrainingCluster.Models.Values;

/// <summary>The shape of a <see cref="BranchingNetwork"/>.</summary>
/// <param name="Observations">Entries of an observation, at least 1.</param>
/// <param name="Branches">Choices of each branch, at least 2 each; one branch is an ordinary discrete
/// action.</param>
public sealed record BranchingNetworkOptions(int Observations, ImmutableArray<int> Branches)
{
    /// <summary>
    /// Perceptrons that read a part of the observation each; the trunk reads their outputs side by side. None:
    /// the trunk reads the observation.
    /// </summary>
    public ImmutableArray<EncoderSlice> Encoders { get; init; } = [];

    /// <summary>Widths of the layers that all heads share; at least one.</summary>
    public ImmutableArray<int> Trunk { get; init; } = [64, 64];

    /// <summary>Hidden widths of every head.</summary>
    public ImmutableArray<int> Head { get; init; } = [];

    /// <summary>Q = V + A − mean A, with a head for V; else the heads give Q themselves.</summary>
    public bool Dueling { get; init; } = true;

    /// <summary>A further head of one output on the trunk.</summary>
    public bool Auxiliary { get; init; }

    /// <summary>Between the layers and after the trunk.</summary>
    public Nonlinearity Hidden { get; init; } = Nonlinearity.Relu;

    /// <summary>Σ of all branches' choices: entries of a row of Q.</summary>
    public int Choices => Branches.Sum();
}

/// <summary>One encoder: entries [Start, Start + Count) of the observation through layers of these
/// widths.</summary>
public sealed record EncoderSlice(int Start, int Count, ImmutableArray<int> Widths);
