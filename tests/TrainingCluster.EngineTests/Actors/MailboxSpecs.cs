using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class MailboxSpecs : TestKit
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_a_million_of_them()
    {
        const int count = 1_000_000;
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = Sys.ActorOf(Props.Create(() => new OrderChecker(count, 1, done)));

        for (var i = 0; i < count; i++)
            receiver.Tell(new Numbered(0, i), ActorRefs.NoSender);

        Assert.Equal("in order", await done.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Messages_of_several_senders_keep_the_order_of_each_and_none_is_lost()
    {
        const int each = 50_000;
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = Sys.ActorOf(Props.Create(() => new OrderChecker(each * 4, 4, done)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
                receiver.Tell(new Numbered(sender, i), ActorRefs.NoSender);
        })));

        Assert.Equal("in order", await done.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Stop_takes_effect_after_the_current_message_and_before_those_that_wait()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        agent.Tell(new Do(self =>
        {
            started.Set();
            go.Wait();
            TestActor.Tell("current");
        }));
        agent.Tell("waiting");
        started.Wait();

        Sys.Stop(agent);
        go.Set();

        ExpectMsg("current");
        ExpectTerminated(agent);
    }

    [Fact]
    public void PoisonPill_waits_its_turn_behind_other_messages()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);

        agent.Tell("first");
        agent.Tell(PoisonPill.Instance);

        ExpectMsg("first");
        ExpectTerminated(agent);
    }

    [Fact]
    public void Kill_fails_the_actor_which_the_default_strategy_stops()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);

        EventFilter.Exception<ActorKilledException>().ExpectOne(() => agent.Tell(Kill.Instance));

        ExpectTerminated(agent);
    }

    [Fact]
    public void A_mailbox_gives_its_thread_back_after_thirty_messages()
    {
        Assert.Equal(30, Sys.Dispatchers.DefaultGlobalDispatcher.Throughput);
    }

    [Fact]
    public void Context_is_refused_outside_of_a_message_handler()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new Do(self => Task.Run(() =>
        {
            var thrown = Record.Exception(() => self.Sender);
            TestActor.Tell(thrown!, ActorRefs.NoSender);
        })));

        ExpectMsg<NotSupportedException>();
    }

    [Fact]
    public void A_null_message_is_refused()
    {
        Assert.Throws<InvalidMessageException>(() => TestActor.Tell(null!));
    }

    [Fact]
    public void An_actor_on_a_pinned_dispatcher_keeps_its_own_thread()
    {
        var system =
            ActorSystem.Create("pinned", DefaultConfig.WithFallback("worker { type = PinnedDispatcher }"));
        var agent = system.ActorOf(Agent.Props(TestActor).WithDispatcher("worker"));

        for (var i = 0; i < 3; i++)
            agent.Tell(new Do(_ => TestActor.Tell(
                (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread))));

        var threads = ReceiveN(3).Cast<(int Id, bool OfPool)>().Distinct().ToArray();
        Assert.Single(threads);
        Assert.False(threads[0].OfPool);
        Shutdown(system, verifySystemShutdown: true);
    }

    private sealed record Numbered(int Sender, int Number);

    private sealed class OrderChecker(int count, int senders, TaskCompletionSource<string> done)
        : UntypedActor
    {
        private readonly int[] _next = new int[senders];
        private int _received;

        protected override void OnReceive(object message)
        {
            var numbered = (Numbered)message;
            if (numbered.Number != _next[numbered.Sender]++)
                done.TrySetResult($"sender {numbered.Sender}: {numbered.Number} came too early");
            if (++_received == count)
                done.TrySetResult("in order");
        }
    }
}
