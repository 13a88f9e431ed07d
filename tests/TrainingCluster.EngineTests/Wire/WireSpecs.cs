using Akka.Actor;
using Akka.Event;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>What senders and receivers on two nodes can rely on.</summary>
public sealed class WireSpecs : IDisposable
{
    private readonly WireNodes _nodes = new();
    private readonly WireNode _here;
    private readonly WireNode _there;

    public WireSpecs()
    {
        _here = _nodes.Join(1);
        _there = _nodes.Join(2);
    }

    private IActorRef Listener => _here.RefTo(_there.Kit.TestActor);

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public void Messages_of_one_sender_to_one_receiver_arrive_in_order_over_the_wire()
    {
        var selection = _here.Select(_there, _there.Kit.TestActor.Path.ToStringWithoutAddress());

        for (var i = 0; i < 2000; i += 2)
        {
            Listener.Tell(i, ActorRefs.NoSender);
            selection.Tell(i + 1);
        }

        Assert.Equal(Enumerable.Range(0, 2000), _there.Kit.ReceiveN(2000, WireNodes.Patience).Cast<int>());
    }

    [Fact]
    public void An_answer_goes_back_to_the_sender()
    {
        Listener.Tell("question", _here.Kit.TestActor);

        _there.Kit.ExpectMsg("question");
        _there.Kit.LastSender.Tell("answer", _there.Kit.TestActor);

        _here.Kit.ExpectMsg("answer");
        Assert.Equal(Listener, _here.Kit.LastSender);
    }

    [Fact]
    public async Task An_ask_is_answered_over_the_wire()
    {
        var echo = _here.RefTo(_there.System.ActorOf(Props.Create(() => new Echo())));

        Assert.Equal("text", await echo.Ask<string>("text", WireNodes.Patience));
        Assert.True(await echo.Ask<bool>(true, WireNodes.Patience));
        Assert.Equal(0.5, await echo.Ask<double>(0.5, WireNodes.Patience));
    }

    [Fact]
    public async Task A_failure_as_answer_faults_the_ask_with_the_cause()
    {
        var failing = _here.RefTo(_there.System.ActorOf(Props.Create(() => new Failing())));

        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => failing.Ask<string>("text", WireNodes.Patience));

        Assert.Equal("too slow", error.Message);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_a_dead_letter()
    {
        _here.System.EventStream.Subscribe(_here.Kit.TestActor, typeof(DeadLetter));

        await Assert.ThrowsAsync<AskTimeoutException>(
            () => Listener.Ask<string>("question", TimeSpan.FromMilliseconds(300)));
        _there.Kit.ExpectMsg("question");
        _there.Kit.LastSender.Tell("answer", ActorRefs.NoSender);

        Assert.Equal("answer", _here.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience).Message);
    }

    [Fact]
    public void Forward_keeps_a_sender_on_a_third_node()
    {
        var third = _nodes.Join(3);
        var target = _there.RefTo(third.Kit.TestActor);
        var forwarder = _there.System.ActorOf(Props.Create(() => new Forwarder(target)));

        _here.RefTo(forwarder).Tell("question", _here.Kit.TestActor);
        third.Kit.ExpectMsg("question");
        third.Kit.LastSender.Tell("answer", third.Kit.TestActor);

        _here.Kit.ExpectMsg("answer");
    }

    [Fact]
    public void A_reference_inside_a_message_leads_back_to_its_actor()
    {
        Listener.Tell(_here.Kit.TestActor, ActorRefs.NoSender);

        var received = _there.Kit.ExpectMsg<IActorRef>();
        received.Tell("back", ActorRefs.NoSender);

        _here.Kit.ExpectMsg("back");
        Assert.Equal(_here.Self.Address, received.Path.Address);
    }

    [Fact]
    public async Task A_selection_finds_actors_of_another_node()
    {
        var first = _there.System.ActorOf(Props.Create(() => new Echo()), "echo-1");
        _there.System.ActorOf(Props.Create(() => new Echo()), "echo-2");

        var found = await _here.Select(_there, "/user/echo-1").ResolveOne(WireNodes.Patience);
        _here.Select(_there, "/user/echo-*").Tell(new Identify(7), _here.Kit.TestActor);
        var both = _here.Kit.ReceiveN(2, WireNodes.Patience).Cast<ActorIdentity>().ToList();

        Assert.Equal(_here.RefTo(first), found);
        Assert.All(both, identity => Assert.Equal(7, identity.MessageId));
        Assert.Contains(found, both.Select(identity => identity.Subject));
    }

    [Fact]
    public async Task Identify_of_somebody_who_is_not_there_is_answered_with_nobody()
    {
        var identity = await _here.Select(_there, "/user/nobody")
            .Ask<ActorIdentity>(new Identify("id"), WireNodes.Patience);

        Assert.Equal(new ActorIdentity("id", null), identity);
    }

    [Fact]
    public async Task PoisonPill_Kill_and_GracefulStop_work_over_the_wire()
    {
        var poisoned = _here.RefTo(_there.System.ActorOf(Props.Create(() => new Echo())));
        var stopped = _here.RefTo(_there.System.ActorOf(Props.Create(() => new Echo())));
        var killed = _here.RefTo(_there.System.ActorOf(Props.Create(() => new Echo())));

        Assert.True(await poisoned.GracefulStop(WireNodes.Patience));
        _here.Kit.Watch(stopped);
        _here.System.Stop(stopped);
        _here.Kit.ExpectTerminated(stopped, WireNodes.Patience);
        _here.Kit.Watch(killed);
        killed.Tell(Kill.Instance, ActorRefs.NoSender);
        _here.Kit.ExpectTerminated(killed, WireNodes.Patience);
    }

    [Fact]
    public void A_message_to_an_actor_that_has_ended_is_a_dead_letter_there()
    {
        var actor = _there.System.ActorOf(Props.Create(() => new Echo()));
        _there.Kit.Watch(actor);
        _there.System.Stop(actor);
        _there.Kit.ExpectTerminated(actor);
        _there.System.EventStream.Subscribe(_there.Kit.TestActor, typeof(DeadLetter));

        _here.RefTo(actor).Tell("late", ActorRefs.NoSender);

        var letter = _there.Kit.ExpectMsg<DeadLetter>(WireNodes.Patience);
        Assert.Equal("late", letter.Message);
        Assert.Equal(actor, letter.Recipient);
    }

    [Fact]
    public void What_was_delivered_does_not_stay_in_the_store()
    {
        for (var i = 0; i < 100; i++)
        {
            Listener.Tell(i, ActorRefs.NoSender);
        }

        _there.Kit.ReceiveN(100, WireNodes.Patience);

        _there.Kit.AwaitCondition(() => _nodes.FramesFor(_there) == 0, WireNodes.Patience);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Failing : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(new Status.Failure(new TimeoutException("too slow")), Self);
    }

    private sealed class Forwarder(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message) => to.Forward(message);
    }
}
