namespace TrainingCluster.Cluster.Hosting;

/// <summary>What nodes of the cluster may be; in any mix.</summary>
public static class Roles
{
    /// <summary>May hold the run coordinator.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Has slots for workers and holds trainers.</summary>
    public const string Trainer = "trainer";

    /// <summary>May hold the registry.</summary>
    public const string Registry = "registry";

    /// <summary>Answers people and programs.</summary>
    public const string Api = "api";

    public static ImmutableArray<string> All { get; } = [Coordinator, Trainer, Registry, Api];
}
