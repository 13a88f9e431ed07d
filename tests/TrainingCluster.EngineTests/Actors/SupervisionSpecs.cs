using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class SupervisionSpecs : TestKit
{
    private static readonly AgentScript ReportingLife = new() { ReportsLife = true };

    [Fact]
    public void A_restart_calls_the_hooks_in_order_and_does_not_deliver_the_failing_message_again()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor, ReportingLife));

        agent.Tell(new BoomException());
        agent.Tell("next");

        Assert.Equal(
            ["PreStart", "PreRestart", "PostStop", "PostRestart", "PreStart", "next"], ReceiveN(
                6).Cast<string>());
    }

    [Fact]
    public void A_restart_keeps_reference_mailbox_and_watchers()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);

        agent.Tell(new BoomException());
        agent.Tell("still here");
        ExpectMsg("still here");
        agent.Tell(PoisonPill.Instance);

        ExpectTerminated(agent);
    }

    [Fact]
    public void A_restart_forgets_behaviour_and_timers_and_keeps_the_receive_timeout()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        agent.Tell(new Do(self =>
        {
            self.Timers.StartSingleTimer("key", "timer", TimeSpan.FromMilliseconds(60));
            self.Cell.SetReceiveTimeout(TimeSpan.FromMilliseconds(60));
            self.Cell.Become(message => throw (Exception)message);
        }));

        agent.Tell(new BoomException());
        agent.Tell("default behaviour");

        ExpectMsg("default behaviour");
        ExpectMsg<ReceiveTimeout>();
        agent.Tell(new Do(self => self.Cell.SetReceiveTimeout(null)));
        ExpectNoMsg(100);
    }

    [Fact]
    public void Children_stop_before_the_new_incarnation_starts()
    {
        var parent = Sys.ActorOf(Agent.Props(TestActor, ReportingLife));
        ExpectMsg("PreStart");
        var child = StartChild(parent, Agent.Props(TestActor));
        Watch(child);

        parent.Tell(new BoomException());

        ExpectMsg("PreRestart");
        var rest = ReceiveN(4);
        Assert.Contains(rest, message => message is Terminated);
        Assert.Equal(["PostStop", "PostRestart", "PreStart"], rest.OfType<string>());
    }

    [Fact]
    public void Children_that_PreRestart_keeps_are_restarted_with_their_parent()
    {
        var parent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { PreRestart = _ => { } }));
        var child = StartChild(parent, Agent.Props(TestActor, ReportingLife));
        ExpectMsg("PreStart");

        parent.Tell(new BoomException());

        Assert.Equal(["PreRestart", "PostStop", "PostRestart", "PreStart"], ReceiveN(4).Cast<string>());
        child.Tell("alive");
        ExpectMsg("alive");
    }

    [Fact]
    public void Resume_keeps_the_state()
    {
        var strategy = new OneForOneStrategy(_ => Directive.Resume);
        var parent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { Strategy = strategy }));
        var child = StartChild(parent, Agent.Props(TestActor));
        child.Tell(new Do(self => self.Cell.Become(message =>
        {
            if (message is Exception failure)
                throw failure;
            TestActor.Tell(("kept", message));
        })));

        child.Tell(new BoomException());
        child.Tell("more");

        ExpectMsg(("kept", (object)"more"));
    }

    [Fact]
    public void Too_many_restarts_stop_the_child()
    {
        var strategy = new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart);
        var parent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { Strategy = strategy }));
        var child = StartChild(parent, Agent.Props(TestActor));
        Watch(child);

        for (var i = 0; i < 2; i++)
            child.Tell(new BoomException());
        child.Tell("survived two");
        ExpectMsg("survived two");
        child.Tell(new BoomException());

        ExpectTerminated(child);
    }

    [Fact]
    public void Escalate_makes_the_parent_fail()
    {
        var strategy = new OneForOneStrategy(_ => Directive.Escalate);
        var parent =
            Sys.ActorOf(Agent.Props(TestActor, new AgentScript { Strategy = strategy, ReportsLife = true }));
        ExpectMsg("PreStart");
        var child = StartChild(parent, Agent.Props(TestActor));

        child.Tell(new BoomException());

        Assert.Equal(["PreRestart", "PostStop", "PostRestart", "PreStart"], ReceiveN(4).Cast<string>());
    }

    [Fact]
    public void All_for_one_restarts_the_siblings_too()
    {
        var strategy = new AllForOneStrategy(_ => Directive.Restart);
        var parent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { Strategy = strategy }));
        var failing = StartChild(parent, Agent.Props(TestActor));
        var sibling = StartChild(parent, Agent.Props(TestActor, ReportingLife));
        ExpectMsg("PreStart");

        failing.Tell(new BoomException());

        Assert.Equal(["PreRestart", "PostStop", "PostRestart", "PreStart"], ReceiveN(4).Cast<string>());
        sibling.Tell("alive");
        ExpectMsg("alive");
    }

    [Fact]
    public void A_throwing_constructor_is_an_initialization_failure_and_stops_the_actor()
    {
        IActorRef agent = ActorRefs.Nobody;

        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
            agent = Sys.ActorOf(Agent.Props(
                TestActor, new AgentScript { Constructed = () => throw new BoomException() })));

        Watch(agent);
        ExpectTerminated(agent);
    }

    [Fact]
    public void A_child_that_could_not_start_is_started_anew_where_the_strategy_restarts_it()
    {
        var attempts = 0;
        var strategy = new OneForOneStrategy(_ => Directive.Restart);
        var parent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { Strategy = strategy }));
        var child = StartChild(parent, Agent.Props(TestActor, new AgentScript
        {
            Constructed = () =>
            {
                if (Interlocked.Increment(ref attempts) < 3)
                    throw new BoomException();
            },
        }));

        child.Tell("third time lucky");

        ExpectMsg("third time lucky");
        Assert.Equal(3, attempts);
    }

    [Fact]
    public void A_failing_PostRestart_is_reported_again_and_a_further_restart_helps()
    {
        var made = 0;
        var agent = Sys.ActorOf(
            Props.Create(() => new FailsToRestartOnce(TestActor, () => Interlocked.Increment(ref made))));

        var strategy = new OneForOneStrategy(_ => Directive.Restart);
        var parent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { Strategy = strategy }));
        made = 0;
        var child = StartChild(
            parent, Props.Create(
                () => new FailsToRestartOnce(TestActor, () => Interlocked.Increment(ref made))));
        child.Tell(new BoomException());
        child.Tell("well");

        ExpectMsg("well");
        Assert.Equal(3, made);
        Sys.Stop(agent);
    }

    [Fact]
    public void Top_level_actors_are_supervised_as_configured()
    {
        var system =
            ActorSystem.Create("stopping", DefaultConfig.WithFallback("akka.loglevel = OFF").WithFallback(
            "akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\""));
        var agent = system.ActorOf(Agent.Props(TestActor));
        Watch(agent);

        agent.Tell(new BoomException());

        ExpectTerminated(agent);
        Shutdown(system, verifySystemShutdown: true);
    }

    private IActorRef StartChild(IActorRef parent, Props props)
    {
        var probe = CreateTestProbe();
        parent.Tell(new Do(self => probe.Ref.Tell(self.Cell.ActorOf(props))), probe);
        return probe.ExpectMsg<IActorRef>();
    }

    private sealed class FailsToRestartOnce(IActorRef listener, Func<int> count) : UntypedActor
    {
        private readonly int _number = count();

        protected override void PostRestart(Exception reason)
        {
            if (_number == 2)
                throw new BoomException("in PostRestart");
        }

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            listener.Tell(message);
        }
    }
}
