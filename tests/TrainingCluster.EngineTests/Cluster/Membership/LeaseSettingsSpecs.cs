using Akka.Cluster.Membership;
using Akka.Configuration;

namespace TrainingCluster.EngineTests.Cluster.Membership;

public sealed class LeaseSettingsSpecs
{
    private const string Reference =
        "akka-slim.lease { ttl = 10s, renew-interval = 1s, margin = 3s, unreachable-after = 3s, timeout = 1s }";

    [Fact]
    public void The_defaults_fit_each_other() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Read("").Right);

    [Theory]
    [InlineData("ttl = 0s", "akka-slim.lease.ttl is 00:00:00")]
    [InlineData("margin = 9s", "or one late renewal stops the node")]
    [InlineData("ttl = 4s, margin = 1s", "or no lost node is ever removed")]
    [InlineData("unreachable-after = 2s", "longer than twice renew-interval")]
    [InlineData("unreachable-after = 10s", "shorter than ttl")]
    public void Durations_that_cannot_work_are_refused(string change, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read($"akka-slim.lease {{ {change} }}"));

        Assert.Contains(expected, error.Message);
    }

    private static LeaseSettings Read(string more) => LeaseSettings.Read(
        ConfigurationFactory.ParseString(more).WithFallback(ConfigurationFactory.ParseString(Reference)));
}
