namespace Akka.Event;

/// <summary>Puts arguments into a template.</summary>
public interface ILogMessageFormatter
{
    string Format(string format, params object?[] args);

    string Format(string format, IEnumerable<object?> args);
}

/// <summary>Formats as string.Format does.</summary>
public sealed class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    public string Format(string format, params object?[] args) => string.Format(format, args);

    public string Format(string format, IEnumerable<object?> args) => string.Format(format, [.. args]);
}

/// <summary>A template and its arguments, put together only when somebody reads the text.</summary>
public abstract class LogMessage
{
    protected readonly ILogMessageFormatter Formatter;

    protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    public string Format { get; }

    public abstract string Unformatted();

    public abstract IEnumerable<object?> Parameters();
}

internal sealed class DefaultLogMessage(ILogMessageFormatter formatter, string format, object?[] args)
    : LogMessage(formatter, format)
{
    public override string Unformatted() => string.Join(",", args);

    public override IEnumerable<object?> Parameters() => args;

    public override string ToString() => Formatter.Format(Format, args);
}
