using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// Two stashes: the actor's own, and an internal one for commands that have to wait for recovery or for the
/// journal. The internal one gives back one command at a time, so what the actor unstashes goes in front of
/// it.
/// </summary>
public abstract partial class Eventsourced
{
    private readonly IStash _internalStash;
    private IStash? _stash;

    public IStash Stash
    {
        get => _stash!;
        set => _stash = new UserStash(value, this);
    }

    private static IStash CreateInternalStash()
    {
        var cell = (ActorCell)Context;
        return new ActorStash(cell, cell.Props.StashCapacity);
    }

    private void StashInternally(object message)
    {
        try
        {
            _internalStash.Stash();
        }
        catch (StashOverflowException)
        {
            switch (InternalStashOverflowStrategy)
            {
                case DiscardToDeadLetterStrategy:
                    Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                    break;
                case ReplyToStrategy reply:
                    Sender.Tell(reply.Response, Self);
                    break;
                default:
                    throw;
            }
        }
    }

    /// <summary>
    /// After a failure all go back, because the order of handling is lost with the incarnation.
    /// </summary>
    private void UnstashInternally(bool all)
    {
        if (all)
        {
            _internalStash.UnstashAll();
        }
        else
        {
            _internalStash.Unstash();
        }
    }

    private void UnstashEverything()
    {
        _internalStash.UnstashAll();
        _stash?.UnstashAll(envelope => envelope.Message is not (WriteMessageSuccess or ReplayedMessage));
    }

    private sealed class UserStash(IStash inner, Eventsourced owner) : IStash
    {
        public int Count => inner.Count;

        public bool IsEmpty => inner.IsEmpty;

        public bool NonEmpty => inner.NonEmpty;

        public bool IsFull => inner.IsFull;

        public int Capacity => inner.Capacity;

        public void Stash() => inner.Stash();

        public void Unstash() => inner.Unstash();

        public void UnstashAll() => owner._internalStash.Prepend(inner.ClearStash());

        public void UnstashAll(Func<Envelope, bool> predicate) => inner.UnstashAll(predicate);

        public IEnumerable<Envelope> ClearStash() => inner.ClearStash();

        public void Prepend(IEnumerable<Envelope> envelopes) => inner.Prepend(envelopes);
    }
}
