using Akka.Configuration;

namespace Akka.Actor;

/// <summary>The defaults of every key, from the reference files in this assembly.</summary>
internal static class ReferenceConfig
{
    private static readonly Lazy<Config> All = new(Load);

    public static Config Default => All.Value;

    private static Config Load()
    {
        var assembly = typeof(ReferenceConfig).Assembly;
        var config = ConfigurationFactory.Empty;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.EndsWith(".conf", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            config = config.WithFallback(ConfigurationFactory.ParseString(reader.ReadToEnd()));
        }
        return config;
    }
}
