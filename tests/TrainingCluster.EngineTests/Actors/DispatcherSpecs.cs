using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class DispatcherSpecs : TestKit
{
    public DispatcherSpecs()
        : base(
            """
            own = akka.actor.default-dispatcher
            around = and-around, and-around = around
            """)
    {
    }

    [Fact]
    public void A_path_in_place_of_settings_is_another_name_for_the_dispatcher_there()
    {
        Assert.Same(Sys.Dispatchers.DefaultGlobalDispatcher, Sys.Dispatchers.Lookup("own"));
    }

    [Fact]
    public void Names_that_lead_in_a_circle_are_refused()
    {
        var error = Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup("around"));

        Assert.StartsWith("Could not find a concrete dispatcher", error.Message);
    }

    [Fact]
    public void An_unknown_dispatcher_fails_the_start_of_its_actor()
    {
        Assert.Throws<ConfigurationException>(
            () => Sys.ActorOf(Agent.Props(TestActor).WithDispatcher("nowhere")));
    }
}
