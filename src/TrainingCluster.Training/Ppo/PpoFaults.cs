using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Ppo;

/// <summary>What goes wrong on purpose, and what is done differently after faults.</summary>
/// <param name="Recovery">The plan of this attempt.</param>
/// <param name="NanGradientAt">Updates whose gradient becomes NaN.</param>
public sealed record PpoFaults(RecoveryPlan Recovery, ImmutableSortedSet<long> NanGradientAt)
{
    public static PpoFaults None { get; } = new(RecoveryPlan.None, []);
}
