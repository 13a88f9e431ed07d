using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Anything that belongs to the protocol between persistent actors and their plugins.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded;

public interface IJournalMessage : IPersistenceMessage;

public interface IJournalRequest : IJournalMessage;

public interface IJournalResponse : IJournalMessage;

/// <summary>Store these, in order; every event and every deferred message gets one answer.</summary>
public sealed record WriteMessages(
    IEnumerable<IPersistentEnvelope> Messages, IActorRef PersistentActor, int ActorInstanceId)
    : IJournalRequest;

/// <summary>The request was carried out; answers for the single events follow.</summary>
public sealed record WriteMessagesSuccessful : IJournalResponse
{
    private WriteMessagesSuccessful()
    {
    }

    public static WriteMessagesSuccessful Instance { get; } = new();
}

/// <summary>
/// The request failed; an answer for each of its <paramref name="WriteCount"/> writes follows.
/// </summary>
public sealed record WriteMessagesFailed(Exception Cause, int WriteCount) : IJournalResponse;

public sealed record WriteMessageSuccess(IPersistentRepresentation Persistent, int ActorInstanceId)
    : IJournalResponse;

/// <summary>The event was not stored and never will be; the journal works.</summary>
public sealed record WriteMessageRejected(
    IPersistentRepresentation Persistent, Exception Cause, int ActorInstanceId)
    : IJournalResponse;

/// <summary>Nobody knows whether the event was stored.</summary>
public sealed record WriteMessageFailure(
    IPersistentRepresentation Persistent, Exception Cause, int ActorInstanceId)
    : IJournalResponse;

/// <summary>A deferred message, back in its place.</summary>
public sealed record LoopMessageSuccess(object Message, int ActorInstanceId) : IJournalResponse;

/// <summary>Send the events of an id, both ends included, at most <paramref name="Max"/>.</summary>
public sealed record ReplayMessages(
    long FromSequenceNr, long ToSequenceNr, long Max, string PersistenceId, IActorRef PersistentActor)
    : IJournalRequest
{
    /// <summary>
    /// Who will write after the replay; a journal with fences lets only this writer write then.
    /// </summary>
    internal string? WriterGuid { get; init; }
}

public sealed record ReplayedMessage(IPersistentRepresentation Persistent)
    : IJournalResponse, IDeadLetterSuppression;

/// <summary>The replay is complete.</summary>
public sealed record RecoverySuccess(long HighestSequenceNr) : IJournalResponse, IDeadLetterSuppression;

public sealed record ReplayMessagesFailure(Exception Cause) : IJournalResponse, IDeadLetterSuppression;

public sealed record DeleteMessagesTo(string PersistenceId, long ToSequenceNr, IActorRef PersistentActor)
    : IJournalRequest
{
    internal string? WriterGuid { get; init; }
}

/// <summary>The events up to and including the number are gone.</summary>
public sealed record DeleteMessagesSuccess(long ToSequenceNr) : INoSerializationVerificationNeeded;

public sealed record DeleteMessagesFailure(Exception Cause, long ToSequenceNr)
    : INoSerializationVerificationNeeded;
