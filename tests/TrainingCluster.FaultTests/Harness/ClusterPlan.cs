namespace TrainingCluster.FaultTests.Harness;

/// <summary>What a cluster under test is like.</summary>
internal sealed record ClusterPlan
{
    public int Nodes { get; init; } = 3;

    public int Entities { get; init; } = 20;

    public bool HasLoad { get; init; } = true;

    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(400);

    public FaultSettings Settings { get; init; } = FaultSettings.Present;

    /// <summary>What starts the process of a node instead of this machine's shell, by number from 1.</summary>
    public Func<int, IReadOnlyList<string>> Wrapper { get; init; } = _ => [];

    /// <summary>More arguments for every node.</summary>
    public IReadOnlyList<string> More { get; init; } = [];
}
