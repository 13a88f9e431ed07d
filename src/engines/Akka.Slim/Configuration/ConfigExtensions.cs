using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration;

/// <summary>What also works on a missing <see cref="Config"/>.</summary>
public static class ConfigExtensions
{
    /// <summary><paramref name="fallback"/> itself where <paramref name="config"/> is missing.</summary>
    [return: NotNullIfNotNull(nameof(config))]
    [return: NotNullIfNotNull(nameof(fallback))]
    public static Config? SafeWithFallback(this Config? config, Config? fallback)
    {
        if (config is null)
        {
            return fallback;
        }

        return fallback is null || ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);
    }

    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) =>
        config is null || config.IsEmpty;
}
