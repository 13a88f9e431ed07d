using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Actor;

internal sealed record ShutdownPhase(
    string Name, ImmutableArray<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled);

/// <summary>The phases of a configuration, in an order that keeps every dependency.</summary>
internal static class ShutdownPhases
{
    /// <exception cref="ConfigurationException">The phases depend on each other in a circle.</exception>
    public static ImmutableArray<ShutdownPhase> Read(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout");
        var phases = config.GetConfig("phases")!;
        var byName = new SortedDictionary<string, ShutdownPhase>(StringComparer.Ordinal);
        foreach (var name in phases.AsEnumerable().Select(entry => entry.Key))
        {
            var phase = phases.GetConfig(name);
            byName[name] = new ShutdownPhase(
                name,
                [.. phase?.GetStringList("depends-on") ?? []],
                phase?.GetTimeSpan("timeout", defaultTimeout) ?? defaultTimeout,
                phase?.GetBoolean("recover", true) ?? true,
                phase?.GetBoolean("enabled", true) ?? true);
        }
        var ordered = ImmutableArray.CreateBuilder<ShutdownPhase>();
        var done = new HashSet<string>();
        var path = new List<string>();
        foreach (var name in byName.Keys)
            Visit(name);
        return ordered.ToImmutable();

        void Visit(string name)
        {
            if (done.Contains(name))
                return;
            if (path.Contains(name))
            {
                throw new ConfigurationException(
                    $"akka.coordinated-shutdown.phases depend on each other in a circle: "
                    + $"{string.Join(" → ", path)} → {name}.");
            }
            path.Add(name);
            // A phase that is only named by others has the defaults.
            var phase = byName.GetValueOrDefault(name)
                ?? new ShutdownPhase(name, [], defaultTimeout, true, true);
            foreach (var before in phase.DependsOn)
                Visit(before);
            path.RemoveAt(path.Count - 1);
            done.Add(name);
            ordered.Add(phase);
        }
    }
}
