namespace TrainingCluster.Cluster.Hosting;

/// <summary>The values of <c>training.cluster.store.provider-name</c>.</summary>
public static class StoreNames
{
    /// <summary>Processes of one machine, on files.</summary>
    public const string Sqlite = "SQLite.MS";

    /// <summary>Any number of machines.</summary>
    public const string PostgreSql = "PostgreSQL.15";
}
