using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class StashSpecs : TestKit
{
    [Fact]
    public void Unstashed_messages_come_before_those_that_wait_in_their_order()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        using var go = new ManualResetEventSlim();
        StashNext(agent, 2);
        agent.Tell("a");
        agent.Tell("b");
        agent.Tell(new Do(self =>
        {
            go.Wait();
            self.Stash.UnstashAll();
        }));

        agent.Tell("c");
        go.Set();

        Assert.Equal(["a", "b", "c"], ReceiveN(3).Cast<string>());
    }

    [Fact]
    public void The_same_message_cannot_be_stashed_twice()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self =>
        {
            self.Stash.Stash();
            TestActor.Tell(Record.Exception(self.Stash.Stash)!);
        }));

        ExpectMsg<IllegalActorStateException>();
    }

    [Fact]
    public void An_equal_message_that_came_again_can_be_stashed()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        StashNext(agent, 2);

        agent.Tell("same");
        agent.Tell("same");
        agent.Tell(new Do(self => self.Stash.UnstashAll()));

        Assert.Equal(["same", "same"], ReceiveN(2).Cast<string>());
    }

    [Fact]
    public void A_full_stash_overflows()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor).WithStashCapacity(1));
        StashNext(agent, 1);

        agent.Tell("kept");
        agent.Tell(new Do(self => TestActor.Tell(Record.Exception(self.Stash.Stash)!)));

        ExpectMsg<StashOverflowException>();
    }

    [Fact]
    public void A_stash_that_is_unbounded_by_type_takes_no_capacity_from_the_props()
    {
        var agent = Sys.ActorOf(Props.Create(() => new Hoarder(TestActor)).WithStashCapacity(1));

        agent.Tell("one");
        agent.Tell("two");

        ExpectMsg((1, -1));
        ExpectMsg((2, -1));
    }

    [Fact]
    public void A_restart_puts_stashed_messages_back_into_the_mailbox()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        StashNext(agent, 1);

        agent.Tell("stashed");
        agent.Tell(new BoomException());

        ExpectMsg("stashed");
    }

    [Fact]
    public void A_stop_makes_dead_letters_of_stashed_messages()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        StashNext(agent, 1);

        EventFilter.DeadLetter<string>().ExpectOne(() =>
        {
            agent.Tell("stashed");
            agent.Tell(PoisonPill.Instance);
        });
    }

    [Fact]
    public void The_sender_is_kept()
    {
        var probe = CreateTestProbe();
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        agent.Tell(new Do(self => self.Cell.Become(message =>
        {
            self.Stash.Stash();
            self.Cell.Become(again => self.Sender.Tell(again));
            self.Stash.UnstashAll();
        })));

        agent.Tell("echo", probe);

        probe.ExpectMsg("echo");
    }

    [Fact]
    public void A_stashed_Terminated_is_received_again()
    {
        var subject = Sys.ActorOf(Agent.Props(TestActor));
        var watcher = Sys.ActorOf(Agent.Props(TestActor));
        watcher.Tell(new Do(self =>
        {
            self.Cell.Watch(subject);
            self.Cell.Become(message =>
            {
                self.Stash.Stash();
                self.Cell.Become(again => TestActor.Tell($"{again.GetType().Name} again"));
                self.Stash.UnstashAll();
            });
        }));

        Sys.Stop(subject);

        ExpectMsg("Terminated again");
    }

    private static void StashNext(IActorRef agent, int count) => agent.Tell(new Do(self =>
    {
        self.Cell.BecomeStacked(_ =>
        {
            self.Stash.Stash();
            if (self.Stash.Count == count)
                self.Cell.UnbecomeStacked();
        });
    }));

    private sealed class Hoarder(IActorRef listener) : UntypedActor, IWithUnboundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            Stash.Stash();
            listener.Tell((Stash.Count, Stash.Capacity));
        }
    }
}
