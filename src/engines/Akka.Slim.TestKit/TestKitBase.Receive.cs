using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Taking messages one by one.</summary>
public abstract partial class TestKitBase
{
    /// <summary>The next message, or null when none comes in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        _queue.TryTake(Limit(max), cancellationToken, out var envelope);
        return Take(envelope)?.Message;
    }

    public async ValueTask<object?> ReceiveOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(await _queue.TakeAsync(Limit(max), cancellationToken).ConfigureAwait(false))?.Message;

    /// <summary>The next message with its sender; not successful when none comes in time.</summary>
    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var envelope = Take(await _queue.TakeAsync(Limit(max), cancellationToken).ConfigureAwait(false));
        return (envelope is not null, envelope);
    }

    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>Exactly so many messages, all within max.</summary>
    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var limit = Dilated(max);
        var start = Stopwatch.GetTimestamp();
        var received = new List<object>(numberOfMessages);
        while (received.Count < numberOfMessages)
        {
            if (!_queue.TryTake(Left(limit, start), cancellationToken, out var envelope))
            {
                _assertions.Fail(
                    $"{received.Count} of {numberOfMessages} messages came within {limit}: "
                    + string.Join(", ", received));
            }
            received.Add(Take(envelope)!.Message);
        }
        return received;
    }

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public async IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages,
        TimeSpan max,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var limit = Dilated(max);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < numberOfMessages; i++)
        {
            var envelope =
                await _queue.TakeAsync(Left(limit, start), cancellationToken).ConfigureAwait(false);
            if (envelope is null)
                _assertions.Fail($"{i} of {numberOfMessages} messages came within {limit}.");
            yield return Take(envelope)!.Message;
        }
    }

    /// <summary>As long as the filter gives a value; a message it gives null for stays the next.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max,
        Func<object, T?> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveWhileAsync(filter, max, null, msgs, cancellationToken)
            .ToBlockingEnumerable(cancellationToken).ToList();

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, Func{object, T?}, int, CancellationToken)"/>
    /// <param name="filter">Gives the value, or null to end.</param>
    /// <param name="max">For all messages together.</param>
    /// <param name="idle">Ends after no message has come for this long; null = never.</param>
    /// <param name="msgs">Ends after so many.</param>
    /// <param name="cancellationToken">Ends with an exception.</param>
    public async IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        var limit = RemainingOrDilated(max);
        var start = Stopwatch.GetTimestamp();
        for (var count = 0; count < msgs; count++)
        {
            var left = Left(limit, start);
            T? value = null;
            var envelope = await _queue.TakeIfAsync(
                idle is { } pause && (left < TimeSpan.Zero || pause < left) ? pause : left,
                next => (value = filter(Look(next).Message)) is not null,
                cancellationToken).ConfigureAwait(false);
            if (envelope is null)
                yield break;
            yield return value!;
        }
    }

    public T FishForMessage<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, cancellationToken);

    /// <summary>
    /// The next message of the type that fits; others before it are dropped, into allMessages.
    /// </summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(isMessage, allMessages, max, hint, cancellationToken);

    private T Fish<T>(
        Predicate<T> isMessage,
        ArrayList? allMessages,
        TimeSpan? max,
        string hint,
        CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(max);
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (!_queue.TryTake(Left(limit, start), cancellationToken, out var envelope))
                FailFishing<T>(limit, hint);
            if (Take(envelope)!.Message is T message && isMessage(message))
                return message;
            allMessages?.Add(envelope!.Message);
        }
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "") =>
        FishForMessage<object>(isMessage, max, hint);

    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var envelope =
                await _queue.TakeAsync(Left(limit, start), cancellationToken).ConfigureAwait(false);
            if (envelope is null)
                FailFishing<T>(limit, hint);
            if (Take(envelope)!.Message is T message && isMessage(message))
                return message;
        }
    }

    private static TimeSpan Left(TimeSpan limit, long start)
    {
        if (limit == Timeout.InfiniteTimeSpan)
            return limit;
        var left = limit - Stopwatch.GetElapsedTime(start);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private TimeSpan Limit(TimeSpan? max) => max is { } given
        ? given < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : Dilated(given)
        : RemainingOrDefault;

    /// <summary>The filter of a ReceiveWhile may ask for the sender of what it looks at.</summary>
    private MessageEnvelope Look(MessageEnvelope envelope)
    {
        LastEnvelope = envelope;
        return envelope;
    }

    private MessageEnvelope? Take(MessageEnvelope? envelope) => LastEnvelope = envelope;

    private void FailFishing<T>(TimeSpan limit, string hint) =>
        _assertions.Fail($"No message of type {typeof(T)} that fits came within {limit}. {hint}");
}
