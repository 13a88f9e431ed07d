using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.UnitTests.Cluster.Hosting;

public sealed class PbmOptionsSpecs
{
    [Fact]
    public void The_defaults_are_those_of_the_reference()
    {
        var options = PbmOptions.From(BuiltInConfig.Reference);

        Assert.True(options.IsEnabled);
        Assert.Equal("127.0.0.1", options.Host.ToString());
        Assert.Equal(9110, options.Port);
        Assert.Equal("", options.TokenFile);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var refused = Assert.Throws<TrainingOptionsException>(() => PbmOptions.From(Own(
            "training.pbm { enabled = perhaps, host = example.org, port = 70000 }")));

        Assert.Equal(
            [
                "training.pbm.host is 'example.org'; it must be an IP address such as 127.0.0.1",
                "training.pbm.enabled is perhaps; it must be on or off",
                "training.pbm.port is 70000; it must be a number from 0 to 65535",
            ],
            refused.Violations);
    }

    [Fact]
    public void An_address_that_others_reach_needs_a_token()
    {
        Assert.Contains("training.pbm.token-file is empty", Assert.Throws<TrainingOptionsException>(
            () => PbmOptions.From(Own("training.pbm.host = 0.0.0.0"))).Message);
        Assert.Equal("/run/token", PbmOptions.From(
            Own("training.pbm { host = 0.0.0.0, token-file = /run/token }")).TokenFile);
    }

    [Fact]
    public void The_command_host_listens_where_the_settings_of_the_product_say()
    {
        var engine = BuiltInConfig.Engine(Own(
            "training.pbm { host = 0.0.0.0, port = 9200, token-file = \"/run/to ken\" }"));

        Assert.Equal("0.0.0.0", engine.GetString("petabridge.cmd.host"));
        Assert.Equal(9200, engine.GetInt("petabridge.cmd.port"));
        Assert.Equal("/run/to ken", engine.GetString("petabridge.cmd.auth-token-file"));
    }

    private static Config Own(string text) =>
        ConfigurationFactory.ParseString(text).WithFallback(BuiltInConfig.Reference);
}
