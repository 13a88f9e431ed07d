using Akka.TestKit.Internal;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Expectations about the next message.</summary>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Next(duration, hint, cancellationToken), null, hint);

    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken =
            default) =>
        Equal(message, Next(timeout, hint, cancellationToken), hint);

    public T ExpectMsg<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expected(Next(timeout, hint, cancellationToken), isMessage, hint);

    public T ExpectMsg<T>(
        Action<T> assert,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default)
    {
        var message = Expected<T>(Next(timeout, hint, cancellationToken), null, hint);
        assert(message);
        return message;
    }

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default)
    {
        var envelope = Next(timeout, hint, cancellationToken);
        return Expected<T>(envelope, message => isMessageAndSender(message, envelope!.Sender), hint);
    }

    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint =
            null, CancellationToken cancellationToken = default) =>
        From(sender, Next(duration, hint, cancellationToken), e => Expected<T>(e, null, hint));

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        From(sender, Next(timeout, hint, cancellationToken), e => Equal(message, e, hint));

    public async ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(await NextAsync(duration, cancellationToken).ConfigureAwait(false), null, hint);

    public async ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken =
            default) =>
        Equal(message, await NextAsync(timeout, cancellationToken).ConfigureAwait(false), hint);

    public async ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expected(await NextAsync(timeout, cancellationToken).ConfigureAwait(false), isMessage, hint);

    /// <summary>So many messages as there are values, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages) =>
        ExpectMsgAllOf(RemainingOrDefault, messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        ExpectMsgAllOf(RemainingOrDefault, messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages)
    {
        var received = ReceiveN(messages.Count, max);
        var missing = messages.Where(each => !received.Any(message => Equals(message, each))).ToArray();
        var surplus = received.Where(each => each is not T message || !messages.Contains(message)).ToArray();
        if (missing.Length + surplus.Length > 0)
        {
            _assertions.Fail(
                $"Missing: [{string.Join(", ", missing)}]; not expected: [{string.Join(", ", surplus)}].");
        }
        return [.. received.OfType<T>()];
    }

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var envelope = Next(null, null, cancellationToken);
        return Expected<T>(
            envelope, message => messages.Contains(message), $"one of [{string.Join(", ", messages)}]");
    }

    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken =
            default) =>
        Expected<Terminated>(
            Next(timeout, hint, cancellationToken), t =>
                t.ActorRef.Equals(target), $"Terminated {target}. {hint}");

    public async ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken =
            default) =>
        Expected<Terminated>(
            await NextAsync(timeout, cancellationToken).ConfigureAwait(false),
            t => t.ActorRef.Equals(target),
            $"Terminated {target}. {hint}");

    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TestKitSettings.ExpectNoMessageDefault, cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (_queue.TryTake(Dilated(duration), cancellationToken, out var envelope))
            _assertions.Fail($"No message was expected within {duration}, but {Take(envelope)} came.");
    }

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TestKitSettings.ExpectNoMessageDefault, cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var envelope = await _queue.TakeAsync(Dilated(duration), cancellationToken).ConfigureAwait(false);
        if (envelope is not null)
            _assertions.Fail($"No message was expected within {duration}, but {Take(envelope)} came.");
    }

    private MessageEnvelope? Next(TimeSpan? timeout, string? hint, CancellationToken cancellation)
    {
        _queue.TryTake(RemainingOrDilated(timeout), cancellation, out var envelope);
        return Take(envelope);
    }

    private async Task<MessageEnvelope?> NextAsync(TimeSpan? timeout, CancellationToken cancellation) =>
        Take(await _queue.TakeAsync(RemainingOrDilated(timeout), cancellation).ConfigureAwait(false));

    private T Expected<T>(MessageEnvelope? envelope, Predicate<T>? fits, string? hint)
    {
        if (envelope is null)
            _assertions.Fail($"A message of type {typeof(T)} was expected, but none came in time. {hint}");
        if (envelope!.Message is not T message)
        {
            _assertions.Fail($"A message of type {typeof(T)} was expected, but {envelope} came. {hint}");
            return default!;
        }
        if (fits is not null && !fits(message))
            _assertions.Fail($"The message {envelope} does not fit. {hint}");
        return message;
    }

    private T Equal<T>(T expected, MessageEnvelope? envelope, string? hint)
    {
        if (envelope is null)
            _assertions.Fail($"<{expected}> was expected, but no message came in time. {hint}");
        if (envelope!.Message is not T actual || !StructuralEquality<T>.AreEqual(expected, actual))
            _assertions.Fail($"<{expected}> was expected, but {envelope} came. {hint}");
        return (T)envelope.Message;
    }

    private T From<T>(IActorRef sender, MessageEnvelope? envelope, Func<MessageEnvelope?, T> check)
    {
        var message = check(envelope);
        if (!envelope!.Sender.Equals(sender))
            _assertions.Fail($"A message from {sender} was expected, but {envelope} came.");
        return message;
    }
}
