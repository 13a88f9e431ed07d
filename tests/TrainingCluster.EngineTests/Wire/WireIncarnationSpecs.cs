using Akka.Actor;
using Akka.Event;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>Nodes that come, go, and come again.</summary>
public sealed class WireIncarnationSpecs : IDisposable
{
    private readonly WireNodes _nodes = new();

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public void A_restarted_process_is_a_new_incarnation_that_old_references_do_not_reach()
    {
        var here = _nodes.Join(1);
        var before = _nodes.Join(2);
        var toOld = here.RefTo(Listener(before));
        here.Kit.Watch(toOld);

        _nodes.Remove(before);
        var after = _nodes.Join(2);
        var toNew = here.RefTo(Listener(after));
        after.System.EventStream.Subscribe(after.Kit.TestActor, typeof(DeadLetter));
        Assert.True(here.Kit.ExpectTerminated(toOld, WireNodes.Patience).AddressTerminated);

        toOld.Tell("to the old", ActorRefs.NoSender);
        toNew.Tell("to the new", ActorRefs.NoSender);

        Assert.Equal("to the old", after.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience).Message);
        after.Kit.ExpectMsg("to the new");
        Assert.Equal(toOld.Path, toNew.Path);
        Assert.NotEqual(toOld, toNew);
    }

    [Fact]
    public async Task An_answer_to_an_earlier_incarnation_does_not_complete_an_ask_of_the_next()
    {
        var here = _nodes.Join(1);
        var before = _nodes.Join(2);
        var listener = here.Kit.TestActor;
        _ = before.RefTo(listener).Ask<string>("first", TimeSpan.FromSeconds(30));
        here.Kit.ExpectMsg("first", WireNodes.Patience);
        var asker = here.Kit.LastSender;

        _nodes.Remove(before);
        var after = _nodes.Join(2);
        var second = after.RefTo(listener).Ask<string>("second", TimeSpan.FromSeconds(30));
        here.Kit.ExpectMsg("second", WireNodes.Patience);
        asker.Tell("wrong", ActorRefs.NoSender);
        here.Kit.LastSender.Tell("right", ActorRefs.NoSender);

        Assert.Equal("right", await second.WaitAsync(WireNodes.Patience));
    }

    [Fact]
    public void A_message_waits_for_an_address_that_the_membership_does_not_show_yet()
    {
        var here = _nodes.Join(1, "akka-slim.lease.timeout = 60s");
        var joiner = _nodes.Start(2);

        here.RefTo(joiner.Kit.TestActor).Tell("early", ActorRefs.NoSender);
        joiner.Kit.ExpectNoMsg(100);
        _nodes.Admit(joiner);

        joiner.Kit.ExpectMsg("early", WireNodes.Patience);
    }

    [Fact]
    public void Messages_to_an_address_where_nobody_joins_become_dead_letters()
    {
        var here = _nodes.Join(1);
        here.System.EventStream.Subscribe(here.Kit.TestActor, typeof(DeadLetter));
        var stranger = here.System.Provider.ResolveActorRef("akka.tcp://test@localhost:99/user/somebody#5");

        stranger.Tell("hello", here.Kit.TestActor);

        var letter = here.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience);
        Assert.Equal("hello", letter.Message);
        Assert.Equal(stranger, letter.Recipient);
        Assert.Equal(here.Kit.TestActor, letter.Sender);
    }

    [Fact]
    public void Frames_of_a_sender_wait_until_the_membership_shows_it()
    {
        var here = _nodes.Join(1);
        var joiner = _nodes.Start(2);
        var toHere = joiner.RefTo(here.Kit.TestActor);
        // Only the joiner has seen itself join.
        joiner.Wire.Update(_nodes.StateOf(here, joiner));

        toHere.Tell("early", joiner.Kit.TestActor);
        here.Kit.AwaitCondition(() => _nodes.FramesFor(here) > 0, WireNodes.Patience);
        here.Kit.ExpectNoMsg(200);
        _nodes.Admit(joiner);

        here.Kit.ExpectMsg("early", WireNodes.Patience);
        here.Kit.LastSender.Tell("answer", ActorRefs.NoSender);
        joiner.Kit.ExpectMsg("answer", WireNodes.Patience);
    }

    [Fact]
    public void A_node_that_was_removed_sends_nothing_more()
    {
        var here = _nodes.Join(1);
        var removed = _nodes.Join(2);
        removed.System.EventStream.Subscribe(removed.Kit.TestActor, typeof(DeadLetter));
        removed.System.EventStream.Subscribe(removed.Kit.TestActor, typeof(Warning));
        _nodes.Bury(removed);

        removed.RefTo(here.Kit.TestActor).Tell("first", ActorRefs.NoSender);
        Assert.Equal("first", removed.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience).Message);
        Assert.Contains(
            "has been removed", removed.Kit.ExpectMsg<Warning>(WireNodes.Patience).Message.ToString());
        removed.RefTo(here.Kit.TestActor).Tell("second", ActorRefs.NoSender);
        Assert.Equal("second", removed.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience).Message);

        here.Kit.ExpectNoMsg(200);
    }

    [Fact]
    public void Messages_to_a_node_that_was_removed_are_dead_letters()
    {
        var here = _nodes.Join(1);
        var removed = _nodes.Join(2);
        here.System.EventStream.Subscribe(here.Kit.TestActor, typeof(DeadLetter));
        _nodes.Bury(removed);

        here.RefTo(removed.Kit.TestActor).Tell("late", ActorRefs.NoSender);

        Assert.Equal("late", here.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience).Message);
    }

    private static IActorRef Listener(WireNode node) =>
        node.System.ActorOf(Props.Create(() => new PassOn(node.Kit.TestActor)), "listener");

    private sealed class PassOn(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message) => to.Forward(message);
    }
}
