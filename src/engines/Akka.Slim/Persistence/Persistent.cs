using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An event with what the journal needs to know about it.</summary>
public class Persistent : IPersistentRepresentation, IEquatable<IPersistentRepresentation>
{
    public Persistent(
        object payload,
        long sequenceNr = 0,
        string? persistenceId = null,
        string? manifest = null,
        bool isDeleted = false,
        IActorRef? sender = null,
        string? writerGuid = null,
        long timestamp = 0)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        PersistenceId = persistenceId ?? Undefined;
        Manifest = manifest ?? Undefined;
        IsDeleted = isDeleted;
        Sender = sender;
        WriterGuid = writerGuid ?? Undefined;
        Timestamp = timestamp;
    }

    public static string Undefined => "";

    public object Payload { get; }

    public string Manifest { get; }

    public string PersistenceId { get; }

    public long SequenceNr { get; }

    public long Timestamp { get; }

    public bool IsDeleted { get; }

    public IActorRef? Sender { get; }

    public string WriterGuid { get; }

    public IPersistentRepresentation WithPayload(object payload) =>
        new Persistent(
            payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithManifest(string manifest) =>
        new Persistent(
            Payload, SequenceNr, PersistenceId, manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithTimestamp(long newTimestamp) =>
        new Persistent(
            Payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, newTimestamp);

    public IPersistentRepresentation Update(
        long sequenceNr, string persistenceId, bool isDeleted, IActorRef? sender, string writerGuid) =>
        new Persistent(
            Payload, sequenceNr, persistenceId, Manifest, isDeleted, sender, writerGuid, Timestamp);

    /// <summary>Equal in everything but the time of storing.</summary>
    public bool Equals(IPersistentRepresentation? other) =>
        other is not null
        && Equals(Payload, other.Payload)
        && Manifest == other.Manifest
        && PersistenceId == other.PersistenceId
        && SequenceNr == other.SequenceNr
        && IsDeleted == other.IsDeleted
        && Equals(Sender, other.Sender)
        && WriterGuid == other.WriterGuid;

    public override bool Equals(object? obj) => Equals(obj as IPersistentRepresentation);

    public override int GetHashCode() => HashCode.Combine(Payload, PersistenceId, SequenceNr, WriterGuid);

    public override string ToString() =>
        $"Persistent({PersistenceId}, sequence number {SequenceNr}, {Payload}, writer {WriterGuid})";
}
