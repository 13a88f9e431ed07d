namespace TrainingCluster.Cluster.Registration;

/// <summary>The names of the journals. They are permanent: another name is another, empty journal.</summary>
public static class PersistenceIds
{
    public const string Coordinator = "run-coordinator";

    public const string Migration = "store-migration";

    public const string Registry = "registry";
}
