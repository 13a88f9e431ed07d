using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class AsyncReceiveSpecs : TestKit
{
    [Fact]
    public void No_other_message_is_handled_until_an_asynchronous_handler_ends()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new DoAsync(async _ =>
        {
            await gate.Task;
            TestActor.Tell("first");
        }));
        agent.Tell("second");
        ExpectNoMsg(50);
        gate.SetResult();

        ExpectMsg("first");
        ExpectMsg("second");
    }

    [Fact]
    public void Sender_and_self_survive_an_await()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));

        agent.Tell(new DoAsync(async self =>
        {
            await Task.Delay(5);
            self.Sender.Tell(self.Self, self.Self);
        }));

        Assert.Equal(agent, ExpectMsg<IActorRef>());
        Assert.Equal(agent, LastSender);
    }

    [Fact]
    public void An_actor_can_be_stopped_in_the_middle_of_an_asynchronous_handler()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);
        agent.Tell(new DoAsync(_ => gate.Task));

        Sys.Stop(agent);

        ExpectTerminated(agent);
        gate.SetResult();
    }

    [Fact]
    public void An_exception_after_an_await_goes_to_the_supervisor()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor, new AgentScript { ReportsLife = true }));
        ExpectMsg("PreStart");

        EventFilter.Exception<BoomException>().ExpectOne(() => agent.Tell(new DoAsync(async _ =>
        {
            await Task.Yield();
            throw new BoomException();
        })));
        agent.Tell("alive");

        Assert.Equal(
            ["PreRestart", "PostStop", "PostRestart", "PreStart", "alive"], ReceiveN(5).Cast<string>());
    }

    [Fact]
    public void A_child_that_fails_while_its_parent_awaits_is_restarted_when_the_await_has_ended()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = Sys.ActorOf(Agent.Props(TestActor));
        var child = StartChild(parent);

        parent.Tell(new DoAsync(self =>
        {
            TestActor.Tell("awaiting");
            return gate.Task;
        }));
        ExpectMsg("awaiting");
        child.Tell(new BoomException());
        child.Tell("restarted");

        ExpectNoMsg(50);
        gate.SetResult();
        ExpectMsg("restarted");
    }

    private IActorRef StartChild(IActorRef parent)
    {
        parent.Tell(new Do(self => self.Sender.Tell(self.Cell.ActorOf(Agent.Props(TestActor)))));
        return ExpectMsg<IActorRef>();
    }
}
