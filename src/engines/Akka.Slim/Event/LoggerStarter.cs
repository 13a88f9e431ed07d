using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Event;

/// <summary>
/// Starts the loggers of akka.loggers; before and after them entries go to standard output.
/// </summary>
internal sealed class LoggerStarter(ActorSystemImpl system)
{
    private readonly EventStream _bus = system.EventStream;
    private readonly IActorRef _stdout = StandardOutLogger.RefOf(system.Provider);
    private readonly List<IActorRef> _loggers = [];

    public void StartStdout()
    {
        var level = Logging.LogLevelFor(system.Settings.StdoutLogLevel);
        _bus.LogLevel = level;
        _bus.SubscribeTo(_stdout, level);
    }

    /// <exception cref="ConfigurationException">A logger cannot be found, made or does not answer in
    /// time.</exception>
    public void StartConfigured()
    {
        var level = Logging.LogLevelFor(system.Settings.LogLevel);
        _bus.LogLevel = level;
        foreach (var name in system.Settings.Loggers)
            Start(name, level);
        if (_loggers.Count > 0)
            _bus.Unsubscribe(_stdout);
        if (system.Settings.LogDeadLetters != 0 && level <= LogLevel.InfoLevel)
            system.SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");
        if (system.Settings.DebugUnhandledMessage)
            _bus.Subscribe(
                system.SystemActorOf(Props.Create<UnhandledMessageForwarder>()), typeof(UnhandledMessage));
    }

    /// <summary>What is logged while the logger actors stop goes to standard output.</summary>
    public void BackToStdout()
    {
        var level = Logging.LogLevelFor(system.Settings.StdoutLogLevel);
        _bus.SubscribeTo(_stdout, level);
        foreach (var logger in _loggers)
            _bus.Unsubscribe(logger);
        _bus.LogLevel = level;
    }

    private void Start(string name, LogLevel level)
    {
        var type = TypeLookup.Find(name);
        if (type is null || !typeof(ActorBase).IsAssignableFrom(type))
            throw new ConfigurationException($"akka.loggers contains '{name}'; it must name an actor type.");
        var logger = system.SystemActorOf(
            Props.Create(type).WithDispatcher(
                system.Settings.LoggersDispatcher), $"log{_loggers.Count + 1}-{type.Name}");
        _loggers.Add(logger);
        var answer =
            logger.Ask<LoggerInitialized>(new InitializeLogger(_bus), system.Settings.LoggerStartTimeout);
        if (!system.Settings.LoggerAsyncStart)
        {
            try
            {
                answer.GetAwaiter().GetResult();
            }
            catch (AskTimeoutException e)
            {
                throw new ConfigurationException(
                    $"Logger '{name}' did not answer within {system.Settings.LoggerStartTimeout}; it "
                    + "must answer InitializeLogger with LoggerInitialized.", e);
            }
        }
        _bus.SubscribeTo(logger, level);
    }
}
