using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Where <see cref="Config"/> values come from.</summary>
public static class ConfigurationFactory
{
    /// <summary>A configuration without settings.</summary>
    public static Config Empty { get; } = new();

    /// <summary>Reads HOCON text.</summary>
    /// <exception cref="ConfigurationException">
    /// The text breaks the grammar; the message has line and column.
    /// </exception>
    public static Config ParseString(string hocon)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        return new Config(HoconResolver.Resolve(HoconParser.Parse(hocon)));
    }

    /// <summary>The engine's own defaults.</summary>
    public static Config Default() => Actor.ReferenceConfig.Default;

    /// <summary>
    /// The configuration of the process. There is no configuration section on this runtime, so this is
    /// <see cref="Empty"/>, as with the genuine library without an <c>app.config</c>.
    /// </summary>
    public static Config Load() => Empty;
}
