using Akka.Configuration;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>What a node of a cluster of several is started with.</summary>
public sealed record ClusterNodeOptions
{
    /// <summary>
    /// A folder that all nodes reach: artifacts, checkpoints and bars, and on SQLite the store itself. Made if it is
    /// not there; see <see cref="Hosting.StateDirectory"/>.
    /// </summary>
    public required string StateDirectory { get; init; }

    /// <summary>Some of <see cref="Hosting.Roles"/>; none for a process that only asks.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Settings that win over the built-in ones; null for none.</summary>
    public Config? Config { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The command line of a worker's process, for <c>training.worker.isolation = process</c>: a program that calls
    /// <see cref="Workers.Processes.WorkerProgram.Run"/>.
    /// </summary>
    public ImmutableArray<string> WorkerProgram { get; init; } = [];

    /// <summary>Who carries out jobs.</summary>
    /// <value>Null: <see cref="JobRunner"/>.</value>
    public IJobRunner? Runner { get; init; }
}
