using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// A test's own actor system and test actor. On the thread of the test, Tell without a sender is from the
/// test actor.
/// </summary>
public abstract partial class TestKitBase
{
    private static readonly Lazy<Config> Defaults = new(ReadDefaults);
    private static long _probes;

    private readonly MessageQueue _queue = new();
    private readonly ITestKitAssertions _assertions;

    private protected TestKitBase(
        ITestKitAssertions assertions,
        ActorSystem? system,
        ActorSystemSetup? setup,
        string? actorSystemName,
        string? name)
    {
        _assertions = assertions;
        Sys = system
            ?? ActorSystem.Create(actorSystemName ?? "test", WithDefaults(setup ?? ActorSystemSetup.Empty));
        Sys.Settings.InjectTopLevelFallback(Defaults.Value);
        TestKitSettings = new TestKitSettings(Sys.Settings.Config);
        Log = Logging.GetLogger(Sys, GetType());
        var queue = _queue;
        TestActor = ((ExtendedActorSystem)Sys).SystemActorOf(
            Props.Create(() => new TestActor(queue)).WithDispatcher("akka.test.test-actor.dispatcher"),
            $"{name ?? "testActor"}{Interlocked.Increment(ref _probes)}");
        EventFilter = new EventFilterFactory(this);
    }

    public static Config DefaultConfig => Defaults.Value;

    public ActorSystem Sys { get; }

    public IActorRef TestActor { get; }

    public TestKitSettings TestKitSettings { get; }

    public ILoggingAdapter Log { get; }

    public bool HasMessages => _queue.HasMessages;

    public EventFilterFactory EventFilter { get; }

    /// <summary>The message the last expectation took.</summary>
    public object? LastMessage => LastEnvelope?.Message;

    /// <summary>Who sent it.</summary>
    public IActorRef LastSender => LastEnvelope?.Sender ?? ActorRefs.Nobody;

    internal ITestKitAssertions TestAssertions => _assertions;

    private MessageEnvelope? LastEnvelope { get; set; }

    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    public IActorRef ActorOf(Props props, string name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(
        System.Linq.Expressions.Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    /// <summary>An actor below the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string? name = null) =>
        TestActor.Ask<IActorRef>(new TestActor.Spawn(props, name), Dilated(TestKitSettings.DefaultTimeout))
            .GetAwaiter().GetResult();

    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) =>
        new(system, _assertions, name ?? "probe");

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public virtual TestLatch CreateTestLatch(int count = 1) =>
        new(count, Dilated(TestKitSettings.DefaultTimeout));

    /// <summary>Its end arrives at the test actor as Terminated.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        Control(new TestActor.Watch(actorToWatch)).GetAwaiter().GetResult();
        return actorToWatch;
    }

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await Control(new TestActor.Watch(actorToWatch)).ConfigureAwait(false);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        Control(new TestActor.Unwatch(actorToUnwatch)).GetAwaiter().GetResult();
        return actorToUnwatch;
    }

    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        await Control(new TestActor.Unwatch(actorToUnwatch)).ConfigureAwait(false);
        return actorToUnwatch;
    }

    /// <summary>Messages that fit are not queued.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new TestActor.SetIgnore(shouldIgnoreMessage), ActorRefs.NoSender);

    public void IgnoreNoMessages() => TestActor.Tell(new TestActor.SetIgnore(null), ActorRefs.NoSender);

    public void SetAutoPilot(AutoPilot pilot) =>
        TestActor.Tell(new TestActor.SetAutoPilot(pilot), ActorRefs.NoSender);

    public void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(
        ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        ShutdownAsync(system, duration, verifySystemShutdown).GetAwaiter().GetResult();

    private async Task ShutdownAsync(
        ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var limit = duration ?? Dilated(TestKitSettings.DefaultTimeout);
        try
        {
            await system.Terminate().WaitAsync(limit).ConfigureAwait(false);
        }
        catch (TimeoutException) when (verifySystemShutdown)
        {
            _assertions.Fail($"{system} did not stop within {limit}.");
        }
        catch (TimeoutException)
        {
            Log.Warning("{0} did not stop within {1}.", system, limit);
        }
    }

    private Task<Done> Control(object message) =>
        TestActor.Ask<Done>(message, Dilated(TestKitSettings.DefaultTimeout));

    private static ActorSystemSetup WithDefaults(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>().GetOrElse(BootstrapSetup.Create());
        var config = bootstrap.Config.GetOrElse(ConfigurationFactory.Empty).WithFallback(Defaults.Value);
        return setup.And(bootstrap.WithConfig(config));
    }

    private static Config ReadDefaults()
    {
        var assembly = typeof(TestKitBase).Assembly;
        var name = assembly.GetManifestResourceNames().Single(each => each.EndsWith("reference.conf"));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
