using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class TimerSpecs : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void A_single_timer_fires_once_and_is_then_inactive()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self => self.Timers.StartSingleTimer("key", "tick", Soon)));
        ExpectMsg("tick");
        agent.Tell(new Do(self => TestActor.Tell(self.Timers.IsTimerActive("key"))));

        ExpectMsg(false);
        ExpectNoMsg(60);
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_cancelled()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self => self.Timers.StartPeriodicTimer("key", "tick", Soon)));
        ReceiveN(3);
        agent.Tell(new Do(self => self.Timers.Cancel("key")));
        agent.Tell("cancelled");
        FishForMessage<string>(message => message == "cancelled");

        ExpectNoMsg(60);
    }

    [Fact]
    public void A_message_of_a_replaced_timer_that_waits_in_the_mailbox_is_discarded()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self =>
        {
            self.Timers.StartSingleTimer("key", "old", TimeSpan.FromMilliseconds(1));
            SpinWait.SpinUntil(() => ((LocalActorRef)self.Self).Cell.Mailbox.NumberOfMessages > 0, 3000);
            self.Timers.StartSingleTimer("key", "new", TimeSpan.FromMilliseconds(1));
        }));

        ExpectMsg("new");
        ExpectNoMsg(50);
    }

    [Fact]
    public void A_message_of_an_earlier_incarnations_timer_is_discarded()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self =>
        {
            self.Timers.StartSingleTimer("key", "old", TimeSpan.FromMilliseconds(1));
            SpinWait.SpinUntil(() => ((LocalActorRef)self.Self).Cell.Mailbox.NumberOfMessages > 0, 3000);
            throw new BoomException();
        }));
        agent.Tell("restarted");

        ExpectMsg("restarted");
        ExpectNoMsg(50);
    }

    [Fact]
    public void Timers_can_be_started_in_the_constructor_and_end_before_the_hooks_of_a_restart_and_a_stop()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        ExpectMsg("tick");

        actor.Tell(new BoomException());
        FishForMessage<string>(message => message == "PreRestart: False");
        FishForMessage<string>(message => message == "tick");
        Sys.Stop(actor);

        FishForMessage<string>(message => message == "PostStop: False");
    }

    [Fact]
    public void A_timer_may_deliver_a_poison_pill()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);

        agent.Tell(new Do(self => self.Timers.StartSingleTimer("end", PoisonPill.Instance, Soon)));

        ExpectTerminated(agent);
    }

    [Fact]
    public void Receive_timeout_comes_after_silence_and_is_armed_again_by_each_message()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self => self.Cell.SetReceiveTimeout(Soon)));

        ExpectMsg<ReceiveTimeout>();
        ExpectMsg<ReceiveTimeout>();
        agent.Tell(new Do(self => self.Cell.SetReceiveTimeout(null)));
        agent.Tell("off");
        FishForMessage<string>(message => message == "off");
        ExpectNoMsg(80);
    }

    [Fact]
    public void Messages_that_do_not_influence_it_leave_the_receive_timeout_alone()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        agent.Tell(new Do(self => self.Cell.SetReceiveTimeout(TimeSpan.FromMilliseconds(100))));
        using var noise = new Timer(_ => agent.Tell(new Quiet(), ActorRefs.NoSender), null, 0, 10);

        FishForMessage<ReceiveTimeout>(_ => true);
    }

    [Fact]
    public void Receive_timeout_does_not_come_while_an_asynchronous_handler_runs()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        agent.Tell(new Do(self => self.Cell.SetReceiveTimeout(Soon)));

        agent.Tell(new DoAsync(async _ =>
        {
            await gate.Task;
            TestActor.Tell("handler done");
        }));
        var early = ReceiveWhile(TimeSpan.FromMilliseconds(100), message => message as ReceiveTimeout);
        gate.SetResult();

        Assert.True(early.Count <= 1, "only one that was sent before the handler began");
        ExpectMsg("handler done");
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void A_scheduled_message_can_be_cancelled()
    {
        var cancelable =
            Sys.Scheduler.ScheduleTellOnceCancelable(Soon, TestActor, "late", ActorRefs.NoSender);

        cancelable.Cancel();

        ExpectNoMsg(60);
    }

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _listener;

        public Ticking(IActorRef listener)
        {
            _listener = listener;
            Timers.StartPeriodicTimer("key", "tick", Soon);
            Receive<string>(message => listener.Tell(message));
            Receive<Exception>(failure => throw failure);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreRestart(Exception reason, object message) =>
            _listener.Tell($"PreRestart: {Timers.IsTimerActive("key")}");

        protected override void PostStop() => _listener.Tell($"PostStop: {Timers.IsTimerActive("key")}");
    }

    private sealed record Quiet : INotInfluenceReceiveTimeout;
}
