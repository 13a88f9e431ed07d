using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// What the configuration says about the engine itself; every key is explained in the reference
/// configuration.
/// </summary>
public class Settings
{
    private readonly Lock _injection = new();

    internal Settings(ActorSystem system, Config config, Setup.ActorSystemSetup setup)
    {
        System = system;
        Config = config;
        Setup = setup;
        Loggers = config.GetStringList("akka.loggers");
        LoggersDispatcher = config.GetString("akka.loggers-dispatcher")!;
        LoggerStartTimeout = config.GetTimeSpan("akka.logger-startup-timeout");
        LoggerAsyncStart = config.GetBoolean("akka.logger-async-start");
        LogLevel = config.GetString("akka.loglevel")!;
        StdoutLogLevel = config.GetString("akka.stdout-loglevel")!;
        LogDeadLetters = DeadLetterCount(config.GetString("akka.log-dead-letters")!);
        LogFormatter = Formatter(config.GetString("akka.logger-formatter")!);
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout", allowInfinite: true);
        CreationTimeout = config.GetTimeSpan("akka.actor.creation-timeout");
        SchedulerClass = config.GetString("akka.scheduler.implementation")!;
        ProviderClass = config.GetString("akka.actor.provider")!;
        SupervisorStrategyClass = config.GetString("akka.actor.guardian-supervisor-strategy")!;
        DebugUnhandledMessage = config.GetBoolean("akka.actor.debug.unhandled");
        DebugEventStream = config.GetBoolean("akka.actor.debug.event-stream");
        DebugLifecycle = config.GetBoolean("akka.actor.debug.lifecycle");
        CoordinatedShutdownTerminateActorSystem =
            config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate =
            config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.terminate-actor-system is off and run-by-actor-system-terminate on: "
                + "Terminate would never end the system; turn the second off too.");
        }
    }

    public ActorSystem System { get; }

    public Config Config { get; private set; }

    public Setup.ActorSystemSetup Setup { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LoggerAsyncStart { get; }

    public string LogLevel { get; }

    public string StdoutLogLevel { get; }

    /// <value>How many are logged; 0 = none.</value>
    public int LogDeadLetters { get; }

    public ILogMessageFormatter LogFormatter { get; }

    /// <value>Infinite.</value>
    public TimeSpan AskTimeout { get; }

    public TimeSpan CreationTimeout { get; }

    /// <value>Empty: the engine's own.</value>
    public string SchedulerClass { get; }

    public string ProviderClass { get; }

    public bool HasCluster => ProviderClass is "cluster" || ProviderClass.Contains("ClusterActorRefProvider");

    public string SupervisorStrategyClass { get; }

    public bool DebugUnhandledMessage { get; }

    public bool DebugEventStream { get; }

    public bool DebugLifecycle { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>
    /// Lets an extension add the defaults of its own keys. Extensions start on any thread, and none may lose its
    /// defaults to another that starts at the same moment.
    /// </summary>
    public void InjectTopLevelFallback(Config config)
    {
        lock (_injection)
        {
            Config = Config.WithFallback(config);
        }
    }

    public override string ToString() => Config.ToString();

    private static int DeadLetterCount(string text) => text.ToLowerInvariant() switch
    {
        "off" or "false" => 0,
        "on" or "true" => int.MaxValue,
        _ => int.TryParse(text, out var count) && count >= 0
            ? count
            : throw new ConfigurationException(
                $"akka.log-dead-letters is '{text}'; it must be on, off or a number of at least 0."),
    };

    private static ILogMessageFormatter Formatter(string name)
    {
        var type = TypeLookup.Find(name);
        if (type == typeof(DefaultLogMessageFormatter))
            return DefaultLogMessageFormatter.Instance;
        return type is not null && Activator.CreateInstance(type) is ILogMessageFormatter formatter
            ? formatter
            : throw new ConfigurationException(
                $"akka.logger-formatter is '{name}'; it must name an {nameof(ILogMessageFormatter)}.");
    }
}
