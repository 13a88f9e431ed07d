using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class EventStreamSpecs : TestKit
{
    public EventStreamSpecs()
        : base("akka.loglevel = DEBUG")
    {
    }

    [Fact]
    public void A_subscription_takes_subclasses_and_implementations()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IShape));
        Sys.EventStream.Subscribe(TestActor, typeof(Round));

        Sys.EventStream.Publish(new Circle());
        Sys.EventStream.Publish("text");
        Sys.EventStream.Publish(new Square());

        ExpectMsg<Circle>();
        ExpectMsg<Square>();
    }

    [Fact]
    public void An_ended_subscription_delivers_nothing()
    {
        Sys.EventStream.Subscribe<Circle>(TestActor);

        Assert.True(Sys.EventStream.Unsubscribe<Circle>(TestActor));
        Sys.EventStream.Publish(new Circle());

        ExpectNoMsg(50);
    }

    [Fact]
    public void A_type_can_be_left_out_of_a_wider_subscription()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IShape));

        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Circle)));
        Sys.EventStream.Publish(new Circle());
        Sys.EventStream.Publish(new Square());

        ExpectMsg<Square>();
        ExpectNoMsg(50);
    }

    [Fact]
    public void A_subscriber_that_unsubscribes_and_ends_makes_no_error()
    {
        var errors = CreateTestProbe();
        Sys.EventStream.Subscribe(errors.Ref, typeof(Error));
        var subscriber = Sys.ActorOf(Props.Create(() => new LeavingActor()));
        Watch(subscriber);

        subscriber.Tell(PoisonPill.Instance);

        ExpectTerminated(subscriber);
        errors.ExpectNoMsg(100);
    }

    private sealed class LeavingActor : UntypedActor
    {
        protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(Circle));

        protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

        protected override void OnReceive(object message)
        {
        }
    }

    [Fact]
    public void Nobody_can_be_neither_subscribed_nor_unsubscribed()
    {
        Assert.Throws<ArgumentNullException>(() => Sys.EventStream.Subscribe(null!, typeof(Circle)));
        Assert.Throws<ArgumentNullException>(() => Sys.EventStream.Unsubscribe(null!, typeof(Circle)));
        Assert.Throws<ArgumentNullException>(() => Sys.EventStream.Unsubscribe(null!));
    }

    [Fact]
    public void A_stream_that_is_being_debugged_tells_of_its_subscriptions()
    {
        var stream = new EventStream(debug: true);
        stream.Subscribe(TestActor, typeof(Debug));

        stream.Subscribe(TestActor, typeof(Circle));

        Assert.Contains(nameof(Circle), ExpectMsg<Debug>().Message.ToString());
    }

    [Fact]
    public void A_dead_letter_that_wants_no_attention_names_the_dead_letters_as_its_recipient()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Watch(agent);
        Sys.Stop(agent);
        ExpectTerminated(agent);
        Sys.EventStream.Subscribe<AllDeadLetters>(TestActor);

        agent.Tell(new Quiet());
        agent.Tell("loud");

        Assert.Equal(Sys.DeadLetters, ExpectMsg<SuppressedDeadLetter>().Recipient);
        Assert.Equal(agent, ExpectMsg<DeadLetter>().Recipient);
    }

    [Fact]
    public void Subscribers_that_end_are_unsubscribed()
    {
        var agent = Sys.ActorOf(Agent.Props(TestActor));
        Sys.EventStream.Subscribe(agent, typeof(Circle));

        Sys.Stop(agent);

        AwaitCondition(() => !Sys.EventStream.HasSubscriber(agent));
    }

    [Fact]
    public void A_dead_letter_that_reaches_a_stopped_subscriber_does_not_come_back()
    {
        var subscriber = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Watch(subscriber);
        Sys.Stop(subscriber);
        ExpectTerminated(subscriber);
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        subscriber.Tell(new DeadLetter("lost", TestActor, TestActor));

        ExpectNoMsg(50);
    }

    [Fact]
    public void Log_entries_carry_source_level_cause_template_and_arguments()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        var agent = Sys.ActorOf(Agent.Props(TestActor), "logging");

        agent.Tell(new Do(
            self => self.Cell.GetLogger().Warning(new BoomException(), "loss {0} at {1}", 1.5, "step")));

        var entry = ExpectMsg<Warning>();
        var message = Assert.IsAssignableFrom<LogMessage>(entry.Message);
        Assert.Equal("akka://test/user/logging", entry.LogSource);
        Assert.IsType<BoomException>(entry.Cause);
        Assert.Equal("loss 1.5 at step", message.ToString());
        Assert.Equal([1.5, "step"], message.Parameters());
    }

    [Fact]
    public async Task Loggers_are_started_by_name_and_get_the_entries_of_their_level()
    {
        var name = $"{typeof(RecordingLogger).FullName}, {typeof(RecordingLogger).Assembly.GetName().Name}";
        var system = ActorSystem.Create("logged", DefaultConfig.WithFallback(""));
        await system.Terminate();

        system = ActorSystem.Create(
            "logged", Akka.Configuration.ConfigurationFactory.ParseString(
                $"akka.loggers = [\"{name}\"]").WithFallback(DefaultConfig));
        system.EventStream.Subscribe(TestActor, typeof(RecordingLogger.Recorded));
        system.Log.Debug("below the level");
        system.Log.Info("recorded");

        Assert.Equal("recorded", ExpectMsg<RecordingLogger.Recorded>().Text);
        Shutdown(system, verifySystemShutdown: true);
    }

    [Fact]
    public void A_template_that_does_not_fit_does_not_harm_the_logger()
    {
        var entry = new Info("source", typeof(string), new DefaultLogMessage(
            DefaultLogMessageFormatter.Instance, "{0} {1}", [1]));

        Assert.EndsWith("{0} {1} [1]", entry.ToString());
    }

    private interface IShape;

    private sealed class Quiet : IDeadLetterSuppression;

    private class Round;

    private sealed class Circle : Round, IShape;

    private sealed class Square : IShape;

    internal sealed class RecordingLogger : ReceiveActor
    {
        public RecordingLogger()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(
                entry => Context.System.EventStream.Publish(new Recorded(entry.Message.ToString()!)));
        }

        internal sealed record Recorded(string Text);
    }
}
