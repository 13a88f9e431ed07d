using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Stores;

/// <summary>A test that needs a PostgreSQL server of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresPrograms.WhyNot;
}
