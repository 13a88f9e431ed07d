using Akka.Actor;
using Akka.Event;
using Akka.Pattern;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class BackoffSpecs : TestKit
{
    [Fact]
    public void A_child_that_stops_is_started_again_after_the_delay()
    {
        var supervisor = Sys.ActorOf(Supervisor(maxRetries: -1));
        ExpectMsg("PreStart");

        supervisor.Tell(PoisonChild);
        ExpectMsg("PostStop");
        ExpectMsg("PreStart");
        supervisor.Tell("forwarded");

        ExpectMsg("forwarded");
    }

    [Fact]
    public void After_too_many_restarts_the_supervisor_stops()
    {
        var supervisor = Sys.ActorOf(Supervisor(maxRetries: 1));
        Watch(supervisor);
        ExpectMsg("PreStart");

        supervisor.Tell(PoisonChild);
        ExpectMsg("PostStop");
        ExpectMsg("PreStart");
        supervisor.Tell(PoisonChild);

        ExpectMsg("PostStop");
        ExpectTerminated(supervisor);
    }

    [Theory]
    [InlineData(0, 0.0, 100)]
    [InlineData(3, 0.0, 800)]
    [InlineData(3, 1.0, 960)]
    [InlineData(20, 0.0, 3000)]
    public void The_delay_doubles_up_to_the_longest_and_jitters_upwards(
        int restarts, double random, int expected)
    {
        var plan = new BackoffPlan(
            BackoffTrigger.Stop,
            Props.Empty,
            "child",
            TimeSpan.FromMilliseconds(100),
            TimeSpan.FromSeconds(3),
            0.2);

        Assert.Equal(expected, plan.Delay(restarts, random).TotalMilliseconds, 3);
    }

    [Fact]
    public void A_child_that_throws_is_stopped_and_started_again_after_the_delay()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnFailure(maxRetries: -1)));
        ExpectMsg("PreStart");

        supervisor.Tell(new BoomException());
        ExpectMsg("PostStop");
        ExpectMsg("PreStart");
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);

        Assert.Equal(1, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
    }

    [Fact]
    public void A_child_that_stops_of_its_own_accord_stops_the_supervisor_of_failures()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnFailure(maxRetries: -1)));
        Watch(supervisor);
        ExpectMsg("PreStart");

        supervisor.Tell(PoisonChild);

        ExpectMsg("PostStop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void After_too_many_failures_the_supervisor_stops()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnFailure(maxRetries: 1)));
        Watch(supervisor);
        ExpectMsg("PreStart");

        supervisor.Tell(new BoomException());
        ExpectMsg("PostStop");
        ExpectMsg("PreStart");
        supervisor.Tell(new BoomException());

        ExpectMsg("PostStop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void Without_a_child_the_supervisor_answers_itself_and_a_final_message_stops_it()
    {
        var options = Backoff.OnStop(
                Agent.Props(TestActor, new AgentScript { ReportsLife = true }),
                "child",
                TimeSpan.FromHours(1),
                TimeSpan.FromHours(1),
                0,
                -1)
            .WithReplyWhileStopped("out")
            .WithFinalStopMessage(message => message is "enough");
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(options));
        Watch(supervisor);
        ExpectMsg("PreStart");
        supervisor.Tell(PoisonChild);
        ExpectMsg("PostStop");

        AwaitAssert(() =>
        {
            supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance);
            Assert.True(ExpectMsg<BackoffSupervisor.CurrentChild>().Ref.IsNobody());
        });
        supervisor.Tell("anybody?");
        ExpectMsg("out");
        supervisor.Tell("enough");

        ExpectMsg("out");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_reset_by_hand_is_unhandled_where_resets_are_automatic()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(
            OnFailure(maxRetries: -1).WithAutoReset(TimeSpan.FromHours(1))));
        Sys.EventStream.Subscribe<UnhandledMessage>(TestActor);
        ExpectMsg("PreStart");

        supervisor.Tell(BackoffSupervisor.Reset.Instance);

        Assert.Same(
            BackoffSupervisor.Reset.Instance, ExpectMsg<UnhandledMessage>().Message);
    }

    private BackoffOptions OnFailure(int maxRetries) => Backoff.OnFailure(
        Agent.Props(TestActor, new AgentScript { ReportsLife = true }),
        "child",
        TimeSpan.FromMilliseconds(5),
        TimeSpan.FromMilliseconds(20),
        0.1,
        maxRetries).WithManualReset();

    private static Do PoisonChild => new(self => self.Cell.Stop(self.Self));

    private Props Supervisor(int maxRetries)
    {
        var child = Agent.Props(TestActor, new AgentScript { ReportsLife = true });
        return BackoffSupervisor.Props(
            Backoff.OnStop(
                child, "child", TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), 0.1, maxRetries)
                .WithManualReset());
    }
}
