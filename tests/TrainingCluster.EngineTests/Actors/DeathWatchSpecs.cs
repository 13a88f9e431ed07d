using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class DeathWatchSpecs : TestKit
{
    [Fact]
    public void One_Terminated_comes_after_everything_the_dead_actor_had_sent()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);
        Watch(agent);

        agent.Tell(new Do(self =>
        {
            for (var i = 0; i < 100; i++)
                TestActor.Tell(i);
            self.Cell.Stop(self.Self);
        }));

        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
        Assert.True(ExpectTerminated(agent).ExistenceConfirmed);
        ExpectNoMsg(50);
    }

    [Fact]
    public void Watching_a_dead_reference_gives_Terminated_without_confirmed_existence()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);
        Sys.Stop(agent);
        ExpectTerminated(agent);

        Watch(agent);

        Assert.False(ExpectTerminated(agent).ExistenceConfirmed);
    }

    [Fact]
    public void An_old_incarnation_is_dead_even_when_its_name_lives_on()
    {
        var first = Sys.ActorOf(Agent.Props(TestActor), "name");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        var second = default(IActorRef);
        AwaitAssert(() => second = Sys.ActorOf(Agent.Props(TestActor), "name"));

        Watch(first);

        ExpectTerminated(first);
        Assert.NotEqual(first, second);
        Assert.Equal(first.Path, second!.Path);
    }

    [Fact]
    public void An_unhandled_Terminated_is_a_death_pact()
    {
        var watcher = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { IgnoresTerminated = true }));
        var subject = Sys.ActorOf(Agent.Props(TestActor));
        Watch(watcher);
        watcher.Tell(new Do(self => self.Cell.Watch(subject)));

        EventFilter.Exception<DeathPactException>().ExpectOne(() => subject.Tell(PoisonPill.Instance));

        ExpectTerminated(watcher);
    }

    [Fact]
    public void WatchWith_delivers_its_message_in_place_of_Terminated()
    {
        var watcher = Sys.ActorOf(Agent.Props(TestActor));
        var subject = Sys.ActorOf(Agent.Props(TestActor));

        watcher.Tell(new Do(self => self.Cell.WatchWith(subject, "gone")));
        Sys.Stop(subject);

        ExpectMsg("gone");
    }

    [Fact]
    public void Who_watches_already_keeps_the_message_of_the_first_call()
    {
        var subject = Sys.ActorOf(Agent.Props(TestActor));
        var watcher = Sys.ActorOf(Agent.Props(TestActor));

        watcher.Tell(new Do(self =>
        {
            self.Cell.WatchWith(subject, "first");
            self.Cell.WatchWith(subject, "second");
            self.Cell.Watch(subject);
            self.Cell.Stop(subject);
        }));

        ExpectMsg("first");
        ExpectNoMsg(50);
    }

    [Fact]
    public void Unwatch_takes_back_a_Terminated_that_waits_in_the_mailbox()
    {
        var watcher = Sys.ActorOf(Agent.Props(TestActor));
        var subject = Sys.ActorOf(Agent.Props(TestActor));
        Watch(subject);
        using var go = new ManualResetEventSlim();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // While the handler awaits, system messages are handled: the notification turns into a waiting
        // Terminated.
        watcher.Tell(new DoAsync(async self =>
        {
            self.Cell.Watch(subject);
            self.Cell.Stop(subject);
            await gate.Task;
            self.Cell.Unwatch(subject);
        }));
        ExpectTerminated(subject);
        AwaitCondition(() => ((LocalActorRef)watcher).Cell.Mailbox.NumberOfMessages == 1);
        gate.SetResult();
        watcher.Tell("after");

        ExpectMsg("after");
        ExpectNoMsg(50);
    }

    [Fact]
    public void Messages_that_wait_when_an_actor_stops_become_dead_letters_one_each()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);
        using var go = new ManualResetEventSlim();
        agent.Tell(new Do(self =>
        {
            go.Wait();
            self.Cell.Stop(self.Self);
        }));

        EventFilter.DeadLetter<string>().Expect(3, () =>
        {
            for (var i = 0; i < 2; i++)
                agent.Tell($"lost {i}");
            go.Set();
            ExpectTerminated(agent);
            agent.Tell("late");
        });
    }

    [Fact]
    public void A_name_is_taken_until_its_actor_has_terminated()
    {
        var parent = Sys.ActorOf(Agent.Props(TestActor));

        parent.Tell(new Do(self =>
        {
            var child = self.Cell.ActorOf(Agent.Props(TestActor), "child");
            self.Cell.WatchWith(child, "child is gone");
            self.Cell.Stop(child);
            TestActor.Tell(Record.Exception(() => self.Cell.ActorOf(Agent.Props(TestActor), "child"))!);
        }));

        ExpectMsg<InvalidActorNameException>();
        ExpectMsg("child is gone");
        parent.Tell(
            new Do(self => TestActor.Tell(self.Cell.ActorOf(Agent.Props(TestActor), "child").Path.Name)));
        ExpectMsg("child");
    }

    [Fact]
    public void Malformed_names_are_refused()
    {
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Agent.Props(TestActor), "a/b"));
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Agent.Props(TestActor), ""));
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Agent.Props(TestActor), "$a"));
    }

    [Fact]
    public void An_unhandled_message_is_published_and_harms_nobody()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell("unhandled");
        var published = ExpectMsg<UnhandledMessage>();
        agent.Tell("alive");

        Assert.Equal(("unhandled", agent), (published.Message, published.Recipient));
        ExpectMsg("alive");
    }
}
