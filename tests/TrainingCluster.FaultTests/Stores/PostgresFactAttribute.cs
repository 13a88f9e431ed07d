namespace TrainingCluster.FaultTests.Stores;

[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = "not yet";
}
