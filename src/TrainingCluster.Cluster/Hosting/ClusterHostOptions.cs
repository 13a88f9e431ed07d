using Akka.Configuration;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>What an embedded cluster of one is started with.</summary>
public sealed record ClusterHostOptions
{
    /// <summary>Made if it is not there; see <see cref="Hosting.StateDirectory"/>.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>
    /// Jobs at a time.
    /// </summary>
    /// <value>Null: what <c>training.node.slots</c> says, which is one per processor by default.</value>
    public int? Slots { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Settings that win over the built-in ones; null for none.</summary>
    public Config? Config { get; init; }

    /// <summary>Who carries out jobs.</summary>
    /// <value>Null: <see cref="JobRunner"/>.</value>
    public IJobRunner? Runner { get; init; }
}
