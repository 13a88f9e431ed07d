using Akka.Actor;

namespace Akka.Persistence;

/// <summary>One event on its way to or from the journal.</summary>
public interface IPersistentRepresentation
{
    object Payload { get; }

    /// <summary>Set by an event adapter; empty where none had a say.</summary>
    string Manifest { get; }

    string PersistenceId { get; }

    /// <summary>From 1, without gaps within one persistence id.</summary>
    long SequenceNr { get; }

    /// <summary>When the journal stored it, in UTC ticks; 0 before.</summary>
    long Timestamp { get; }

    /// <summary>Names the incarnation of the actor that wrote the event.</summary>
    string WriterGuid { get; }

    bool IsDeleted { get; }

    /// <summary>Who sent the command; not stored.</summary>
    IActorRef? Sender { get; }

    IPersistentRepresentation WithPayload(object payload);

    IPersistentRepresentation WithManifest(string manifest);

    IPersistentRepresentation WithTimestamp(long timestamp);

    IPersistentRepresentation Update(
        long sequenceNr, string persistenceId, bool isDeleted, IActorRef? sender, string writerGuid);
}
