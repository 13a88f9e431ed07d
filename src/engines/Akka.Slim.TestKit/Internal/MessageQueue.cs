using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Akka.TestKit.Internal;

/// <summary>What the test actor has received and the test has not yet looked at.</summary>
internal sealed class MessageQueue : IDisposable
{
    private readonly ConcurrentQueue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    public bool HasMessages => !_messages.IsEmpty;

    public void Add(MessageEnvelope envelope)
    {
        _messages.Enqueue(envelope);
        _available.Release();
    }

    public bool TryTake(
        TimeSpan timeout, CancellationToken cancellation, [NotNullWhen(true)] out MessageEnvelope? envelope)
    {
        envelope = null;
        return _available.Wait(timeout, cancellation) && _messages.TryDequeue(out envelope);
    }

    public async Task<MessageEnvelope?> TakeAsync(TimeSpan timeout, CancellationToken cancellation) =>
        await _available.WaitAsync(timeout, cancellation).ConfigureAwait(false)
        && _messages.TryDequeue(out var envelope)
            ? envelope
            : null;

    /// <summary>Takes the next message if it fits; one that does not stays the next. Null for both.</summary>
    public async Task<MessageEnvelope?> TakeIfAsync(
        TimeSpan timeout, Predicate<MessageEnvelope> fits, CancellationToken cancellation)
    {
        if (!await _available.WaitAsync(timeout, cancellation).ConfigureAwait(false))
            return null;
        // One reader at a time, so what is looked at is what is taken.
        if (_messages.TryPeek(out var next) && fits(next) && _messages.TryDequeue(out var envelope))
            return envelope;
        _available.Release();
        return null;
    }

    public void Dispose() => _available.Dispose();
}
