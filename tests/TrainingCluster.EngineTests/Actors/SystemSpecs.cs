using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class SystemSpecs : TestKit
{
    [Theory]
    [InlineData("under_score")]
    [InlineData("-hyphen")]
    [InlineData("dotted.name")]
    public void Malformed_system_names_are_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));
    }

    [Fact]
    public void An_extension_that_failed_to_start_fails_in_the_same_way_ever_after()
    {
        var id = new BrokenExtensionId();

        var first = Assert.Throws<BoomException>(() => Sys.RegisterExtension(id));
        var second = Assert.Throws<BoomException>(() => Sys.RegisterExtension(id));

        Assert.Same(first, second);
    }

    [Fact]
    public void Callbacks_cannot_be_registered_after_the_end()
    {
        var system = ActorSystem.Create("over");
        system.Dispose();

        Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
    }

    [Fact]
    public void A_dead_actor_does_not_keep_its_props()
    {
        var agent = (LocalActorRef)Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);

        Sys.Stop(agent);

        ExpectTerminated(agent);
        AwaitAssert(() => Assert.Same(ActorCell.TerminatedProps, agent.Cell.Props));
    }

    private sealed class BrokenExtension : IExtension;

    private sealed class BrokenExtensionId : ExtensionIdProvider<BrokenExtension>
    {
        public override BrokenExtension CreateExtension(ExtendedActorSystem system) =>
            throw new BoomException();
    }
}
