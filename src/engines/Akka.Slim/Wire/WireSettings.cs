using Akka.Configuration;

namespace Akka.Wire;

/// <summary>The settings at <c>akka-slim.wire</c>.</summary>
internal sealed class WireSettings
{
    public WireSettings(Config config)
    {
        PollInterval = config.GetTimeSpan("akka-slim.wire.poll-interval");
        PayloadLimit = AtLeastOne(config, "akka-slim.wire.payload-limit");
        BufferSize = AtLeastOne(config, "akka-slim.wire.buffer-size");
        StrangerTimeout = (2 * config.GetTimeSpan("akka-slim.lease.renew-interval"))
            + config.GetTimeSpan("akka-slim.lease.timeout");
    }

    public TimeSpan PollInterval { get; }

    /// <value>Bytes of one serialised message.</value>
    public int PayloadLimit { get; }

    /// <value>Messages for each receiver.</value>
    public int BufferSize { get; }

    /// <summary>
    /// How long messages to an address wait for the membership to show who is there: others may have seen it
    /// join one renewal earlier.
    /// </summary>
    public TimeSpan StrangerTimeout { get; }

    private static int AtLeastOne(Config config, string key)
    {
        var value = config.GetInt(key);
        return value >= 1
            ? value : throw new ConfigurationException($"{key} is {value}; it must be at least 1.");
    }
}
