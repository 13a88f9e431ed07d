namespace TrainingCluster.Cluster.Runs;

/// <summary>What the coordinator makes of a command: events to store, then the answer.</summary>
/// <param name="Events">Empty if nothing changes.</param>
/// <param name="Answer">Null if nobody waits for one.</param>
public sealed record RunDecision(ImmutableArray<IRunEvent> Events, object? Answer);

/// <summary>A node that offers slots.</summary>
public sealed record NodeOffer(string Node, string AgentPath, int Slots)
{
    public ImmutableArray<string> Devices { get; init; } = [];
}
