namespace TrainingCluster.Testing.Postgres;

/// <summary>How a test's server differs from one as installed.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>Where it listens.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>What runs its command line, such as <c>ip netns exec</c>; empty for nothing.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    /// <summary><c>name=value</c> each.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
