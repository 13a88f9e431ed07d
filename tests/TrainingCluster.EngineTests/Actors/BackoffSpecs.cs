using Akka.Actor;
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
            Props.Empty, "child", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3), 0.2, -1);

        Assert.Equal(expected, plan.Delay(restarts, random).TotalMilliseconds, 3);
    }

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
