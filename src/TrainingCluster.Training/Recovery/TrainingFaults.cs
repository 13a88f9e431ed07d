namespace TrainingCluster.Training.Recovery;

/// <summary>What goes wrong on purpose, and what is done differently after faults.</summary>
/// <param name="Recovery">The plan of this attempt.</param>
/// <param name="NanGradientAt">Updates whose gradient becomes NaN.</param>
public sealed record TrainingFaults(RecoveryPlan Recovery, ImmutableSortedSet<long> NanGradientAt)
{
    public static TrainingFaults None { get; } = new(RecoveryPlan.None, []);
}
