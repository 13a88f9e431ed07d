using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class SelectionSpecs : TestKit
{
    [Fact]
    public async Task A_selection_resolves_to_the_actor_at_its_path()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor), "somebody");

        var found = await Sys.ActorSelection("/user/somebody").ResolveOne(TimeSpan.FromSeconds(3));

        Assert.Equal(agent, found);
    }

    [Fact]
    public async Task Nobody_at_the_path_is_an_error()
    {
        await Assert.ThrowsAsync<ActorNotFoundException>(
            () => Sys.ActorSelection("/user/nobody").ResolveOne(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_pattern_reaches_all_children_that_fit()
    {
        Sys.ActorOf(Agent.Props(TestActor), "worker-1");
        Sys.ActorOf(Agent.Props(TestActor), "worker-2");
        Sys.ActorOf(Agent.Props(TestActor), "other");

        Sys.ActorSelection("/user/worker-?").Tell("all");

        ExpectMsg("all");
        ExpectMsg("all");
        ExpectNoMsg(50);
    }

    [Fact]
    public void Parents_and_siblings_are_reached_by_relative_paths()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor), "one");
        Sys.ActorOf(Agent.Props(TestActor), "two");

        agent.Tell(new Do(self => self.Cell.ActorSelection("../two").Tell("sibling")));

        ExpectMsg("sibling");
    }

    [Fact]
    public void Identify_is_answered_by_the_actor_and_for_the_missing()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor), "here");

        agent.Tell(new Identify(1));
        ExpectMsg(new ActorIdentity(1, agent));
        Sys.ActorSelection("/user/away").Tell(new Identify(2));

        ExpectMsg(new ActorIdentity(2, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/deadLetters")]
    [InlineData("akka://elsewhere")]
    public void What_leads_to_the_dead_letters_is_nobody(string path)
    {
        Sys.ActorSelection(path).Tell(new Identify(path));

        ExpectMsg(new ActorIdentity(path, ActorRefs.Nobody));
    }

    // An answer of Nobody once passed for an actor, which then lost all that was sent to it.
    [Theory]
    [InlineData("/deadLetters")]
    [InlineData("akka://elsewhere")]
    public async Task Nobody_cannot_be_resolved(string path) => await Assert.ThrowsAsync<ActorNotFoundException>(
        () => Sys.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(3)));

    [Fact]
    public void Below_another_address_nothing_is_known()
    {
        Sys.ActorSelection("akka://elsewhere/user").Tell(new Identify("there"));

        ExpectMsg(new ActorIdentity("there", null));
    }

    [Fact]
    public async Task A_selection_reaches_temporary_references()
    {
        var asked = Sys.ActorOf(Agent.Props(TestActor)).Ask<string>(
            new Do(self => self.Cell.ActorSelection(self.Sender.Path).Tell("by selection")),
            TimeSpan.FromSeconds(5));

        Assert.Equal("by selection", await asked);
    }

    [Fact]
    public void Null_nobody_and_the_dead_letters_are_nobody()
    {
        IActorRef? missing = null;

        Assert.True(missing.IsNobody());
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.True(Sys.DeadLetters.IsNobody());
        Assert.False(TestActor.IsNobody());
    }

    [Fact]
    public void A_reference_resolves_from_its_serialized_path_with_its_uid_only()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var agent = Sys.ActorOf(Agent.Props(TestActor), "exact");
        var text = agent.Path.ToSerializationFormat();

        Assert.Same(agent, provider.ResolveActorRef(text));
        Assert.NotEqual(agent, provider.ResolveActorRef(text + "1"));
    }

    [Theory]
    [InlineData("akka://sys/user/a", "akka://sys", "user/a")]
    [InlineData("akka.tcp://sys@host:8080/user/a/b", "akka.tcp://sys@host:8080", "user/a/b")]
    public void Paths_are_read_and_written(string text, string address, string elements)
    {
        var path = ActorPath.Parse(text);

        Assert.Equal(address, path.Address.ToString());
        Assert.Equal(elements, string.Join('/', path.Elements));
        Assert.Equal(text, path.ToString());
        Assert.Equal(path, new RootActorPath(path.Address) / path.Elements);
    }

    [Theory]
    [InlineData("no path")]
    [InlineData("akka://")]
    [InlineData("akka://sys@host/user")]
    public void Malformed_paths_are_refused(string text)
    {
        Assert.False(ActorPath.TryParse(text, out _));
    }
}
