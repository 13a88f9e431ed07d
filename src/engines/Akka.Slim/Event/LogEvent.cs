using Akka.Actor;

namespace Akka.Event;

/// <summary>One entry of the log, published on the event stream under its own type.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    private protected LogEvent(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public Exception? Cause { get; protected set; }

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    public Thread Thread { get; } = Thread.CurrentThread;

    /// <summary>An actor's path or a type's name.</summary>
    public string LogSource { get; protected set; }

    public Type LogClass { get; protected set; }

    /// <summary>A text or a <see cref="LogMessage"/>.</summary>
    public object Message { get; protected set; }

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        var level = LogLevel().ToString().Replace("Level", "").ToUpperInvariant();
        var text = $"[{level}][{Timestamp:O}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Text()}";
        return Cause is null ? text : text + Environment.NewLine + "Cause: " + Cause;
    }

    /// <summary>A template that does not fit its arguments must not take the logger down.</summary>
    private string Text()
    {
        try
        {
            return Message.ToString() ?? "";
        }
        catch (FormatException)
        {
            return Message is LogMessage m ? $"{m.Format} [{string.Join(", ", m.Parameters())}]" : "";
        }
    }
}

public class Debug : LogEvent
{
    public Debug(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    public Debug(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public class Info : LogEvent
{
    public Info(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    public Info(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

public class Warning : LogEvent
{
    public Warning(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    public Warning(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

public class Error : LogEvent
{
    public Error(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
