using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class InboxSpecs : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public InboxSpecs()
        : base("akka.actor.inbox.inbox-size = 2")
    {
    }

    [Fact]
    public void Messages_wait_in_their_order_and_a_predicate_takes_one_from_the_middle()
    {
        using var inbox = Inbox.Create(Sys);

        inbox.Receiver.Tell("first");
        inbox.Receiver.Tell("second");

        Assert.Equal("second", inbox.ReceiveWhere(message => message is "second", Limit));
        Assert.Equal("first", inbox.Receive(Limit));
    }

    [Fact]
    public async Task Askers_wait_for_a_message_that_fits_them()
    {
        using var inbox = Inbox.Create(Sys);
        var any = inbox.ReceiveAsync(Limit);
        var picky = Task.Run(() => inbox.ReceiveWhere(message => message is "special", Limit));

        inbox.Receiver.Tell("ordinary");
        Assert.Equal("ordinary", await any);
        inbox.Receiver.Tell("special");

        Assert.Equal("special", await picky);
    }

    [Fact]
    public async Task Nothing_in_time_is_a_timeout()
    {
        using var inbox = Inbox.Create(Sys);

        Assert.Throws<TimeoutException>(() => inbox.Receive(TimeSpan.FromMilliseconds(20)));
        var failure = Assert.IsType<Status.Failure>(await inbox.ReceiveAsync(TimeSpan.FromSeconds(-1)));
        Assert.IsType<TimeoutException>(failure.Cause);
    }

    [Fact]
    public void What_does_not_fit_in_is_dropped_with_one_warning()
    {
        using var inbox = Inbox.Create(Sys);
        Sys.EventStream.Subscribe<Warning>(TestActor);

        foreach (var number in Enumerable.Range(1, 4))
            inbox.Receiver.Tell(number);

        Assert.Contains("inbox-size is 2", ExpectMsg<Warning>().Message.ToString());
        ExpectNoMsg(50);
        Assert.Equal(1, inbox.Receive(Limit));
        Assert.Equal(2, inbox.Receive(Limit));
    }

    [Fact]
    public void An_inbox_watches_and_sends()
    {
        using var inbox = Inbox.Create(Sys);
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        inbox.Watch(agent);

        inbox.Send(agent, new Do(self => self.Sender.Tell("reply")));
        Assert.Equal("reply", inbox.Receive(Limit));
        Sys.Stop(agent);

        Assert.Equal(agent, Assert.IsType<Terminated>(inbox.Receive(Limit)).ActorRef);
    }
}
