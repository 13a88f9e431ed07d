using Akka.Configuration;

namespace TrainingCluster.Node.Configuration;

/// <summary>One source of settings.</summary>
/// <param name="Origin">What a person would look for: "reference.conf", "environment TRAINING__SEED", a path.</param>
/// <param name="Config">Its settings; only keys that the source itself gives.</param>
public sealed record SettingsLayer(string Origin, Config Config);

/// <summary>A key with the value that is in force.</summary>
/// <param name="Key">The whole path, "training.checkpoint.interval".</param>
/// <param name="Value">As written in its source.</param>
/// <param name="Origin">The layer that won.</param>
public sealed record Setting(string Key, string Value, string Origin);

/// <summary>The settings cannot be used. The message lists every violation.</summary>
public sealed class SettingsException(IReadOnlyList<string> violations)
    : Exception("the configuration has mistakes:\n  " + string.Join("\n  ", violations))
{
    public IReadOnlyList<string> Violations { get; } = violations;
}
