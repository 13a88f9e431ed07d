using TrainingCluster.FaultTests.Harness;
using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Stores;

/// <summary>A test that needs a PostgreSQL server of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresPrograms.WhyNot;

    /// <summary>Whether the time it takes is for <c>./dev test faults</c> only.</summary>
    public bool IsLong
    {
        get => Skip is not null && Skip == RealTimeFactAttribute.WhyNot;
        set => Skip ??= value ? RealTimeFactAttribute.WhyNot : null;
    }
}
