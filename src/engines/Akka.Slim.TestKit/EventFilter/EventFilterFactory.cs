using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Makes filters that count log entries and dead letters while an action runs.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys)
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system)
    {
        _testkit = testkit;
        _system = system;
    }

    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>
    /// Error entries whose cause is of the type; the text may be the entry's or the exception's.
    /// </summary>
    public IEventFilterApplier Exception(
        Type exceptionType,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null,
        bool checkInnerExceptions = false) =>
        Make($"error with {exceptionType.Name}", e => e is Error error
            && Causes(error.Cause, checkInnerExceptions).Any(exceptionType.IsInstanceOfType)
            && (Fits(error.Message.ToString()!, message, start, contains)
                || Causes(error.Cause, true).Any(cause => Fits(cause.Message, message, start, contains)))
            && IsFrom(error, source));

    public IEventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        OfType<Debug>(message, start, contains, source);

    public IEventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        OfType<Info>(message, start, contains, source);

    public IEventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        OfType<Warning>(message, start, contains, source);

    public IEventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        OfType<Error>(message, start, contains, source);

    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        Make($"error like {pattern}", e =>
            e is Error error && pattern.IsMatch(error.Message.ToString()!) && IsFrom(error, source));

    public IEventFilterApplier DeadLetter() => Make("dead letter", e => e is DeadLetter);

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) =>
        DeadLetter<TMessage>(_ => true, source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        Make(
            $"dead letter {typeof(TMessage).Name}",
            e => e is DeadLetter { Message: TMessage message } letter && isMatch(message)
                && (source is null || letter.Recipient.Path.ToString() == source));

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        Make("custom", e => e is LogEvent entry && predicate(entry));

    private static IEnumerable<Exception> Causes(Exception? cause, bool inner)
    {
        for (var each = cause; each is not null; each = inner ? each.InnerException : null)
            yield return each;
    }

    private static bool Fits(string text, string? message, string? start, string? contains) =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    private static bool IsFrom(LogEvent entry, string? source) =>
        source is null || entry.LogSource == source
            || entry.LogSource.StartsWith(source + "#", StringComparison.Ordinal);

    private IEventFilterApplier OfType<TEvent>(
        string? message, string? start, string? contains, string? source)
        where TEvent : LogEvent =>
        Make(
            $"{typeof(TEvent).Name} {message ?? start ?? contains}",
            e => e is TEvent entry && Fits(entry.Message.ToString()!, message, start, contains)
                && IsFrom(entry, source));

    private EventFilterApplier Make(string what, Predicate<object> fits) =>
        new(_testkit, _system, what, fits);
}
