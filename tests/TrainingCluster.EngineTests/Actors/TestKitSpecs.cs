using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class TestKitSpecs : TestKit
{
    public TestKitSpecs()
        : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Scheduled_messages_come_when_the_test_moves_time_and_in_order()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(2), TestActor, "later", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), TestActor, "sooner", ActorRefs.NoSender);

        Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(HasMessages);
        Time.AdvanceTo(Time.Now + TimeSpan.FromSeconds(2));

        ExpectMsg("sooner");
        ExpectMsg("later");
    }

    [Fact]
    public void A_repeated_action_runs_at_each_of_its_times_until_it_is_cancelled()
    {
        var times = new List<TimeSpan>();
        var start = Time.MonotonicClock;
        var end = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.Advanced.ScheduleRepeatedly(
            TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), () => times.Add(Time.MonotonicClock - start), end);

        Time.Advance(TimeSpan.FromSeconds(5));
        end.Cancel();
        Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([1, 3, 5], times.Select(time => time.TotalSeconds));
    }

    [Fact]
    public void ReceiveWhile_leaves_the_first_message_that_does_not_fit()
    {
        foreach (var message in new object[] { "a", "b", 3, "c" })
            TestActor.Tell(message);

        Assert.Equal(["a", "b"], ReceiveWhile(null, message => message as string));
        ExpectMsg(3);
        ExpectMsg("c");
    }

    [Fact]
    public void Sequences_are_equal_when_their_items_are()
    {
        TestActor.Tell(new object[] { 1, new[] { "x" } });

        ExpectMsg(new object[] { 1, new[] { "x" } });
    }

    private sealed class Anonymous : TestKit, INoImplicitSender;

    [Fact]
    public void A_test_class_may_do_without_an_implicit_sender()
    {
        using var kit = new Anonymous();

        kit.TestActor.Tell("who?");
        kit.ExpectMsg("who?");

        Assert.True(kit.LastSender.IsNobody());
    }
}
