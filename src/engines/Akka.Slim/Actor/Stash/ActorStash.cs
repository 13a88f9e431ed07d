namespace Akka.Actor;

/// <summary>The stash of one incarnation.</summary>
internal sealed class ActorStash(ActorCell cell, int capacity) : IStash
{
    private readonly LinkedList<Envelope> _kept = [];
    private long _lastStashed = -1;

    public int Count => _kept.Count;

    public bool IsEmpty => _kept.Count == 0;

    public bool NonEmpty => _kept.Count > 0;

    public bool IsFull => capacity >= 0 && _kept.Count >= capacity;

    public int Capacity => capacity;

    public void Stash()
    {
        if (cell.CurrentMessage is not { } message)
            throw new IllegalActorStateException($"{cell.Self} handles no message that could be stashed.");
        if (_lastStashed == cell.Invocations)
            throw new IllegalActorStateException($"Can't stash the same message <{message}> more than once.");
        if (IsFull)
            throw new StashOverflowException(
                $"Couldn't stash <{message}>: {cell.Self} keeps {Count} of at most {capacity}.");
        _kept.AddLast(new Envelope(message, cell.SenderOrNull));
        _lastStashed = cell.Invocations;
    }

    public void Unstash()
    {
        if (_kept.First is not { } first)
            return;
        _kept.RemoveFirst();
        PutBack([first.Value]);
    }

    public void UnstashAll()
    {
        if (_kept.Count == 0)
            return;
        PutBack([.. _kept]);
        _kept.Clear();
    }

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        PutBack([.. _kept.Where(predicate)]);
        _kept.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] kept = [.. _kept];
        _kept.Clear();
        return kept;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            _kept.AddFirst(envelope);
    }

    private void PutBack(Envelope[] envelopes)
    {
        foreach (var envelope in envelopes)
        {
            if (envelope.Message is Terminated terminated)
                cell.ExpectTerminatedAgain(terminated.ActorRef);
        }
        cell.Mailbox.Prepend(envelopes);
    }
}
