using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Cluster;

/// <summary>The settings at <c>akka.cluster</c>.</summary>
public sealed class ClusterSettings
{
    public ClusterSettings(Config config, string systemName)
    {
        SystemName = systemName;
        Roles = [.. config.GetStringList("akka.cluster.roles")];
        SeedNodes = [.. config.GetStringList("akka.cluster.seed-nodes").Select(Actor.Address.Parse)];
        MinNrOfMembers = config.GetInt("akka.cluster.min-nr-of-members", 1);
        RunCoordinatedShutdownWhenDown = config.GetBoolean(
            "akka.cluster.run-coordinated-shutdown-when-down", true);
        if (MinNrOfMembers < 1)
        {
            throw new ConfigurationException(
                $"akka.cluster.min-nr-of-members is {MinNrOfMembers}; it must be at least 1.");
        }
    }

    public ImmutableHashSet<string> Roles { get; }

    public ImmutableList<Actor.Address> SeedNodes { get; }

    public int MinNrOfMembers { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    internal string SystemName { get; }
}
