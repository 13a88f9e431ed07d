using System.Collections.Immutable;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Util;

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
        AppVersion = ReadAppVersion(config);
        RunCoordinatedShutdownWhenDown = config.GetBoolean(
            "akka.cluster.run-coordinated-shutdown-when-down", true);
        if (MinNrOfMembers < 1)
        {
            throw new ConfigurationException(
                $"akka.cluster.min-nr-of-members is {MinNrOfMembers}; it must be at least 1.");
        }

        Minimum = MinimumMembers.Read(config, MinNrOfMembers);
    }

    public ImmutableHashSet<string> Roles { get; }

    public ImmutableList<Actor.Address> SeedNodes { get; }

    public int MinNrOfMembers { get; }

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole => Minimum.ByRole;

    public AppVersion AppVersion { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    internal MinimumMembers Minimum { get; }

    internal string SystemName { get; }

    private static AppVersion ReadAppVersion(Config config)
    {
        var text = config.GetString("akka.cluster.app-version", "0.0.0")!;
        try
        {
            return AppVersion.Create(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new ConfigurationException($"akka.cluster.app-version is \"{text}\"; {e.Message}", e);
        }
    }
}
