namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>What happened to transactions.</summary>
internal sealed class StoreCounters
{
    public long Commits { get; set; }

    public long LostCommitAnswers { get; set; }

    public long Failures { get; set; }

    public long FencedWrites { get; set; }

    public long TimeOuts { get; set; }

    public long Deadlocks { get; set; }

    public long LockWaits { get; set; }
}
