using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Policy;

namespace TrainingCluster.Training.Policies;

/// <summary>The policy of any agent at one moment of its training, as it is judged and stored.</summary>
internal interface IPolicySnapshot
{
    /// <summary>Iterations of its training by then; 0 is what a tuning began with.</summary>
    int Iteration { get; }

    /// <summary>On the validation window; NaN where it was not scored.</summary>
    double Score { get; }

    /// <summary>Entries of an observation.</summary>
    int Observations { get; }

    /// <summary>Widths that make the networks' shape.</summary>
    ImmutableArray<int> Hidden { get; }

    NormalizerState? Normalizer { get; }

    /// <summary>Of everything learned; the policy's own names begin with "policy.".</summary>
    ImmutableSortedDictionary<string, ArtifactTensor> ToTensors();

    ITradingPolicy ToTradingPolicy();
}
