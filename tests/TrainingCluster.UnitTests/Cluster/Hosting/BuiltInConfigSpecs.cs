using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.UnitTests.Cluster.Hosting;

public sealed class BuiltInConfigSpecs
{
    [Fact]
    public void A_node_has_the_engine_address_that_the_product_settings_give_it()
    {
        var engine = Engine("training.cluster { hostname = node-1, port = 4053 }");

        Assert.Equal("node-1", engine.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal(4053, engine.GetInt("akka.remote.dot-netty.tcp.port"));
    }

    [Fact]
    public void Without_seed_nodes_a_node_is_a_cluster_of_its_own() =>
        Assert.Empty(Engine("").GetStringList("akka.cluster.seed-nodes"));

    [Fact]
    public void Seed_nodes_reach_the_engine_in_their_order()
    {
        var engine = Engine(
            """
            training.cluster.seed-nodes = ["akka.tcp://training@a:1", "akka.tcp://training@b:2"]
            """);

        Assert.Equal(
            ["akka.tcp://training@a:1", "akka.tcp://training@b:2"],
            engine.GetStringList("akka.cluster.seed-nodes"));
    }

    [Fact]
    public void Seed_nodes_of_the_environment_are_one_text_with_commas() => Assert.Equal(
        ["akka.tcp://training@a:1", "akka.tcp://training@b:2"],
        Engine("training.cluster.seed-nodes = \"akka.tcp://training@a:1, akka.tcp://training@b:2\"")
            .GetStringList("akka.cluster.seed-nodes"));

    [Theory]
    [InlineData("node-1")]
    [InlineData("a \"quoted\" name")]
    [InlineData("""back\slash""")]
    [InlineData("${training.cluster.port}")]
    public void A_value_arrives_as_it_was_given_whatever_it_holds(string hostname)
    {
        var engine = Engine($"training.cluster.hostname = {HoconText.Quoted(hostname)}");

        Assert.Equal(hostname, engine.GetString("akka.remote.dot-netty.tcp.hostname"));
    }

    private static Config Engine(string text) => BuiltInConfig.Engine(
        ConfigurationFactory.ParseString(text).WithFallback(BuiltInConfig.Reference));
}
