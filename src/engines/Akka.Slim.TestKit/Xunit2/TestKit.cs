using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Base of test classes: each test gets a system of its own, which ends with it.</summary>
public class TestKit : TestKitBase, IDisposable
{
    private readonly bool _ownsSystem;
    private bool _disposed;

    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null)
        : this(system, null, null, output)
    {
    }

    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this(null, config, actorSystemName, output)
    {
    }

    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : this(null, ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config)), actorSystemName, output)
    {
    }

    public TestKit(string config, ITestOutputHelper? output = null)
        : this(ConfigurationFactory.ParseString(config), null, output)
    {
    }

    private TestKit(
        ActorSystem? system, ActorSystemSetup? setup, string? actorSystemName, ITestOutputHelper? output)
        : base(Assertions, system, setup, actorSystemName, null)
    {
        _ownsSystem = system is null;
        Output = output;
        if (output is not null)
            Sys.EventStream.Subscribe(
                new OutputRef(((ExtendedActorSystem)Sys).Provider, output), typeof(LogEvent));
        ActorCell.EnterAmbient(this is INoImplicitSender ? null : ((LocalActorRef)TestActor).Cell);
    }

    protected static XunitAssertions Assertions { get; } = new();

    protected ITestOutputHelper? Output { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called after each test; ends the system.</summary>
    protected virtual void AfterAll()
    {
        if (_ownsSystem)
            Shutdown();
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        AfterAll();
    }

    /// <summary>Writes log entries to the test's output.</summary>
    private sealed class OutputRef(IActorRefProvider provider, ITestOutputHelper output) : MinimalActorRef
    {
        public override ActorPath Path { get; } = provider.RootPath / "testOutput";

        public override IActorRefProvider Provider { get; } = provider;

        protected override void TellInternal(object message, IActorRef? sender)
        {
            try
            {
                output.WriteLine(message.ToString());
            }
            catch (InvalidOperationException)
            {
                // The test has ended; its output is closed.
            }
        }
    }
}
