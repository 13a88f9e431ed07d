namespace TrainingCluster.FaultTests.Harness;

/// <summary>
/// Tests that measure real time on real processes: one after the other, and nothing beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    public const string Name = "faults";
}
