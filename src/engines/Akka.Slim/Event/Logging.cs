using Akka.Actor;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>Makes adapters and names levels.</summary>
public static class Logging
{
    /// <summary>Above every level: nothing is logged.</summary>
    internal const LogLevel Off = (LogLevel)int.MaxValue;

    public static ILoggingAdapter GetLogger(
        this IActorContext context, ILogMessageFormatter? logMessageFormatter = null) =>
        new BusLogging(
            context.System.EventStream,
            context.Self.Path.ToString(),
            (context as ActorCell)?.Actor?.GetType() ?? context.Props.Type,
            logMessageFormatter ?? context.System.Settings.LogFormatter);

    /// <param name="system">Whose event stream gets the entries.</param>
    /// <param name="logSourceObj">A text, a type, an actor reference, or any object, of which the type is
    /// named.</param>
    /// <param name="logMessageFormatter">Null = the configured one.</param>
    public static ILoggingAdapter GetLogger(
        ActorSystem system, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        GetLogger(system.EventStream, logSourceObj, logMessageFormatter ?? system.Settings.LogFormatter);

    public static ILoggingAdapter GetLogger(
        LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null)
    {
        var (source, type) = logSourceObj switch
        {
            string text => (text, typeof(string)),
            Type named => (SimpleName(named), named),
            IActorRef actor => (actor.Path.ToString(), actor.GetType()),
            ActorSystem system => ($"ActorSystem({system.Name})", typeof(ActorSystem)),
            _ => (SimpleName(logSourceObj), logSourceObj.GetType()),
        };
        return new BusLogging(
            loggingBus, source, type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);
    }

    public static string SimpleName(object o) => SimpleName(o.GetType());

    public static string SimpleName(Type t) => t.FullName ?? t.Name;

    /// <summary>DEBUG, INFO, WARNING or WARN, ERROR, OFF, in any case.</summary>
    /// <exception cref="ConfigurationException">Anything else.</exception>
    public static LogLevel LogLevelFor(string logLevel) => logLevel.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARN" or "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" or "FALSE" => Off,
        _ => throw new ConfigurationException(
            $"Unknown log level '{logLevel}'; it must be DEBUG, INFO, WARNING, ERROR or OFF."),
    };

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => "OFF",
    };

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "This level has no events."),
    };
}
