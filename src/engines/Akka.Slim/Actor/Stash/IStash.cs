namespace Akka.Actor;

/// <summary>Keeps messages for later. Only the owning actor may use it, while it handles a message.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <value>−1 = unbounded.</value>
    int Capacity { get; }

    /// <summary>Keeps the current message.</summary>
    /// <exception cref="IllegalActorStateException">It is kept already.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Puts the oldest kept message in front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all kept messages in front of the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts those that fit in front of the mailbox and drops the others.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    IEnumerable<Envelope> ClearStash();

    /// <summary>Keeps these before all others.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
