using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Anything that belongs to the protocol between persistent actors and their plugins.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded;

public interface IJournalMessage : IPersistenceMessage;

public interface IJournalRequest : IJournalMessage;

public interface IJournalResponse : IJournalMessage;

/// <summary>Store these, in order; every event and every deferred message gets one answer.</summary>
public sealed record WriteMessages : IJournalRequest
{
    public WriteMessages(
        IEnumerable<IPersistentEnvelope> messages, IActorRef persistentActor, int actorInstanceId)
    {
        Messages = messages;
        PersistentActor = persistentActor;
        ActorInstanceId = actorInstanceId;
    }

    public IEnumerable<IPersistentEnvelope> Messages { get; }

    public IActorRef PersistentActor { get; }

    public int ActorInstanceId { get; }
}

/// <summary>The request was carried out; answers for the single events follow.</summary>
public sealed record WriteMessagesSuccessful : IJournalResponse
{
    private WriteMessagesSuccessful()
    {
    }

    public static WriteMessagesSuccessful Instance { get; } = new();
}

/// <summary>
/// The request failed; an answer for each of its <see cref="WriteCount"/> writes follows.
/// </summary>
public sealed record WriteMessagesFailed : IJournalResponse
{
    public WriteMessagesFailed(Exception cause, int writeCount)
    {
        Cause = cause;
        WriteCount = writeCount;
    }

    public Exception Cause { get; }

    public int WriteCount { get; }
}

public sealed record WriteMessageSuccess : IJournalResponse
{
    public WriteMessageSuccess(IPersistentRepresentation persistent, int actorInstanceId)
    {
        Persistent = persistent;
        ActorInstanceId = actorInstanceId;
    }

    public IPersistentRepresentation Persistent { get; }

    public int ActorInstanceId { get; }
}

/// <summary>The event was not stored and never will be; the journal works.</summary>
public sealed record WriteMessageRejected : IJournalResponse
{
    public WriteMessageRejected(IPersistentRepresentation persistent, Exception cause, int actorInstanceId)
    {
        Persistent = persistent;
        Cause = cause;
        ActorInstanceId = actorInstanceId;
    }

    public IPersistentRepresentation Persistent { get; }

    public Exception Cause { get; }

    public int ActorInstanceId { get; }
}

/// <summary>Nobody knows whether the event was stored.</summary>
public sealed record WriteMessageFailure : IJournalResponse
{
    public WriteMessageFailure(IPersistentRepresentation persistent, Exception cause, int actorInstanceId)
    {
        Persistent = persistent;
        Cause = cause;
        ActorInstanceId = actorInstanceId;
    }

    public IPersistentRepresentation Persistent { get; }

    public Exception Cause { get; }

    public int ActorInstanceId { get; }
}

/// <summary>A deferred message, back in its place.</summary>
public sealed record LoopMessageSuccess : IJournalResponse
{
    public LoopMessageSuccess(object message, int actorInstanceId)
    {
        Message = message;
        ActorInstanceId = actorInstanceId;
    }

    public object Message { get; }

    public int ActorInstanceId { get; }
}

/// <summary>Send the events of an id, both ends included, at most <see cref="Max"/>.</summary>
public sealed record ReplayMessages : IJournalRequest
{
    public ReplayMessages(
        long fromSequenceNr, long toSequenceNr, long max, string persistenceId, IActorRef persistentActor)
    {
        FromSequenceNr = fromSequenceNr;
        ToSequenceNr = toSequenceNr;
        Max = max;
        PersistenceId = persistenceId;
        PersistentActor = persistentActor;
    }

    public long FromSequenceNr { get; }

    public long ToSequenceNr { get; }

    public long Max { get; }

    public string PersistenceId { get; }

    public IActorRef PersistentActor { get; }

    /// <summary>
    /// Who will write after the replay; a journal with fences lets only this writer write then.
    /// </summary>
    internal string? WriterGuid { get; init; }
}

public sealed record ReplayedMessage : IJournalResponse, IDeadLetterSuppression
{
    public ReplayedMessage(IPersistentRepresentation persistent) => Persistent = persistent;

    public IPersistentRepresentation Persistent { get; }
}

/// <summary>The replay is complete.</summary>
public sealed record RecoverySuccess : IJournalResponse, IDeadLetterSuppression
{
    public RecoverySuccess(long highestSequenceNr) => HighestSequenceNr = highestSequenceNr;

    public long HighestSequenceNr { get; }
}

public sealed record ReplayMessagesFailure : IJournalResponse, IDeadLetterSuppression
{
    public ReplayMessagesFailure(Exception cause) => Cause = cause;

    public Exception Cause { get; }
}

public sealed record DeleteMessagesTo : IJournalRequest
{
    public DeleteMessagesTo(string persistenceId, long toSequenceNr, IActorRef persistentActor)
    {
        PersistenceId = persistenceId;
        ToSequenceNr = toSequenceNr;
        PersistentActor = persistentActor;
    }

    public string PersistenceId { get; }

    public long ToSequenceNr { get; }

    public IActorRef PersistentActor { get; }

    internal string? WriterGuid { get; init; }
}

/// <summary>The events up to and including the number are gone.</summary>
public sealed record DeleteMessagesSuccess : INoSerializationVerificationNeeded
{
    public DeleteMessagesSuccess(long toSequenceNr) => ToSequenceNr = toSequenceNr;

    public long ToSequenceNr { get; }
}

public sealed record DeleteMessagesFailure : INoSerializationVerificationNeeded
{
    public DeleteMessagesFailure(Exception cause, long toSequenceNr)
    {
        Cause = cause;
        ToSequenceNr = toSequenceNr;
    }

    public Exception Cause { get; }

    public long ToSequenceNr { get; }
}
