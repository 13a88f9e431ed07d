using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// Unbounded queue of many producers and one consumer at a time: a linked list whose head producers exchange
/// (D. Vyukov's non-intrusive MPSC queue). The consumer may also put envelopes back in front.
/// </summary>
internal struct UserMessageQueue
{
    private Node _head;
    private Node _tail;
    private Stack<Envelope>? _front;

    public UserMessageQueue() => _head = _tail = new Node();

    /// <summary>
    /// True as soon as a producer has exchanged the head, so that a consumer going idle cannot miss it.
    /// </summary>
    public readonly bool HasMessages =>
        !ReferenceEquals(Volatile.Read(in _head), Volatile.Read(in _tail)) || _front is { Count: > 0 };

    /// <summary>Walks the queue; for metrics only, approximate while others send.</summary>
    public readonly int CountTo(int limit)
    {
        var count = _front?.Count ?? 0;
        for (var node = Volatile.Read(in _tail).Next; node is not null && count < limit; node = node.Next)
            count++;
        return count;
    }

    public void Enqueue(object message, IActorRef? sender)
    {
        var node = new Node { Message = message, Sender = sender };
        var previous = Interlocked.Exchange(ref _head, node);
        Volatile.Write(ref previous.Next, node);
    }

    /// <summary>Consumer only: these come out before everything else, in the order given.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        if (envelopes.Count == 0)
            return;
        _front ??= new Stack<Envelope>(envelopes.Count);
        for (var i = envelopes.Count - 1; i >= 0; i--)
            _front.Push(envelopes[i]);
    }

    /// <summary>Consumer only.</summary>
    public bool TryDequeue(out object message, out IActorRef? sender)
    {
        if (_front is not null)
            return TryDequeueFront(out message, out sender);
        var tail = _tail;
        var next = Volatile.Read(ref tail.Next);
        if (next is null)
        {
            if (ReferenceEquals(Volatile.Read(ref _head), tail))
            {
                message = null!;
                sender = null;
                return false;
            }
            next = AwaitLink(tail);
        }
        message = next.Message!;
        sender = next.Sender;
        next.Message = null;
        next.Sender = null;
        // A dead node that was promoted must not keep the living chain behind it alive.
        tail.Next = null;
        Volatile.Write(ref _tail, next);
        return true;
    }

    private bool TryDequeueFront(out object message, out IActorRef? sender)
    {
        if (_front!.TryPop(out var envelope))
        {
            message = envelope.Message;
            sender = envelope.Sender;
            return true;
        }
        _front = null;
        return TryDequeue(out message, out sender);
    }

    /// <summary>
    /// A producer has exchanged the head but not linked its node yet: a matter of nanoseconds.
    /// </summary>
    private static Node AwaitLink(Node tail)
    {
        var spin = new SpinWait();
        Node? next;
        while ((next = Volatile.Read(ref tail.Next)) is null)
            spin.SpinOnce();
        return next;
    }

    private sealed class Node
    {
        public object? Message;
        public IActorRef? Sender;
        public Node? Next;
    }
}
