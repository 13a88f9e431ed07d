using Akka.Actor;
using Akka.TestKit.TestActors;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class AskSpecs : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task The_reply_completes_the_task()
    {
        var agent = Replying(_ => "answer");

        Assert.Equal("answer", await agent.Ask<string>("question", Limit));
    }

    [Fact]
    public async Task Silence_faults_with_a_timeout()
    {
        var silent = Sys.ActorOf(BlackHoleActor.Props);

        await Assert.ThrowsAsync<AskTimeoutException>(
            () => silent.Ask("question", TimeSpan.FromMilliseconds(30)));
    }

    [Fact]
    public async Task A_status_failure_faults_with_its_cause()
    {
        var agent = Replying(_ => new Status.Failure(new BoomException()));

        await Assert.ThrowsAsync<BoomException>(() => agent.Ask<string>("question", Limit));
    }

    [Fact]
    public async Task A_reply_of_another_type_faults_with_an_argument_exception()
    {
        var agent = Replying(_ => "text");

        await Assert.ThrowsAsync<ArgumentException>(() => agent.Ask<int>("question", Limit));
    }

    [Fact]
    public async Task Null_is_an_answer()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        Assert.Null(await agent.Ask<string>(new Do(self => self.Sender.Tell(null!)), Limit));
    }

    [Fact]
    public async Task A_late_reply_is_a_dead_letter()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        await EventFilter.DeadLetter<string>(text => text == "late").ExpectOneAsync(async () =>
            await agent.Ask<string>(new Do(self =>
            {
                self.Sender.Tell("in time");
                self.Sender.Tell("late");
            }), Limit));
    }

    [Fact]
    public async Task Cancelling_ends_the_ask()
    {
        using var source = new CancellationTokenSource();
        var silent = Sys.ActorOf(BlackHoleActor.Props);
        var ask = silent.Ask("question", source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
    }

    [Fact]
    public void Without_configuration_an_ask_waits_for_ever()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Sys.Settings.AskTimeout);
    }

    [Fact]
    public async Task The_temporary_reference_lives_below_temp_and_can_be_resolved()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        var provider = ((ExtendedActorSystem)Sys).Provider;

        var path = await agent.Ask<string>(
            new Do(self =>
            {
                var text = self.Sender.Path.ToSerializationFormat();
                provider.ResolveActorRef(text).Tell(text);
            }),
            Limit);

        Assert.StartsWith("akka://test/temp/", path);
    }

    [Fact]
    public async Task PipeTo_sends_the_result_as_it_is_and_a_failure_as_status()
    {
        var probe = CreateTestProbe();

        await Task.FromResult("value").PipeTo(TestActor, probe);
        await Task.FromException<string>(new BoomException()).PipeTo(TestActor, probe);

        ExpectMsgFrom(probe, "value");
        Assert.IsType<BoomException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public async Task GracefulStop_waits_for_the_end()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { ReportsLife = true }));

        Assert.True(await agent.GracefulStop(Limit));

        ExpectMsg("PreStart");
        ExpectMsg("PostStop");
    }

    [Fact]
    public async Task GracefulStop_of_an_actor_that_does_not_stop_is_false()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        Assert.False(await agent.GracefulStop(TimeSpan.FromMilliseconds(30), "no stop message"));
    }

    [Fact]
    public async Task An_actor_can_be_watched_from_outside()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        using var impatience = new CancellationTokenSource();

        var end = agent.WatchAsync();
        var given = agent.WatchAsync(impatience.Token);
        await impatience.CancelAsync();
        Assert.False(await given);
        agent.Tell(PoisonPill.Instance);

        Assert.True(await end.WaitAsync(Limit));
        Assert.True(await agent.WatchAsync().WaitAsync(Limit));
    }

    private IActorRef Replying(Func<object, object> reply)
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        agent.Tell(new Do(self => self.Cell.Become(message => self.Sender.Tell(reply(message)))));
        return agent;
    }
}
