using Akka.Configuration;

namespace Akka.Cluster.Membership;

/// <summary>The settings at <c>akka-slim.lease</c>.</summary>
internal sealed record LeaseSettings
{
    public required TimeSpan Ttl { get; init; }

    public required TimeSpan RenewInterval { get; init; }

    public required TimeSpan Margin { get; init; }

    public required TimeSpan UnreachableAfter { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>How long the owner may act after it has sent a renewal.</summary>
    public TimeSpan Right => Ttl - Margin;

    /// <summary>Who has not read for longer cannot tell a dead owner from a store that was away.</summary>
    public TimeSpan LongestGap => Ttl / 2;

    /// <summary>The same for the news that an owner is unreachable.</summary>
    public TimeSpan LongestNewsGap => UnreachableAfter / 2;

    /// <exception cref="ConfigurationException">The durations do not fit each other.</exception>
    public static LeaseSettings Read(Config config)
    {
        TimeSpan Duration(string key)
        {
            var value = config.GetTimeSpan($"akka-slim.lease.{key}", allowInfinite: false);
            return value > TimeSpan.Zero
                ? value
                : throw new ConfigurationException($"akka-slim.lease.{key} is {value}; it must be longer than 0.");
        }

        var settings = new LeaseSettings
        {
            Ttl = Duration("ttl"),
            RenewInterval = Duration("renew-interval"),
            Margin = Duration("margin"),
            UnreachableAfter = Duration("unreachable-after"),
            Timeout = Duration("timeout"),
        };
        settings.Check();
        return settings;
    }

    private void Check()
    {
        Require(
            RenewInterval + Timeout < Right,
            $"renew-interval {RenewInterval} and timeout {Timeout} together must be shorter than "
            + $"ttl − margin = {Right}, or one late renewal stops the node");
        Require(
            RenewInterval + Timeout < LongestGap,
            $"renew-interval {RenewInterval} and timeout {Timeout} together must be shorter than half of "
            + $"ttl {Ttl}, or no lost node is ever removed");
        Require(
            RenewInterval < LongestNewsGap && UnreachableAfter < Ttl,
            $"unreachable-after {UnreachableAfter} must be longer than twice renew-interval {RenewInterval} "
            + $"and shorter than ttl {Ttl}");
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new ConfigurationException($"akka-slim.lease: {rule}.");
        }
    }
}
