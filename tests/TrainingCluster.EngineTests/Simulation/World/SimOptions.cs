using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>What one run of the simulation is about.</summary>
internal sealed record SimOptions
{
    /// <summary>How long faults happen, in virtual time.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long the cluster may take to be whole again after the last fault.</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Puts something else in the place of a host's statements, to plant a mistake.</summary>
    public Func<SimHost, IJournalStatements, IJournalStatements> Journal { get; init; } =
        static (_, statements) => statements;

    public Func<SimHost, IQueueStatements, IQueueStatements> Queues { get; init; } =
        static (_, statements) => statements;

    /// <summary>Called after each event, to plant a mistake.</summary>
    public Action<SimWorld> AfterStep { get; init; } = static _ => { };

    /// <summary>Gets what happens in words; null = nobody.</summary>
    public Action<string>? Trace { get; init; }
}
