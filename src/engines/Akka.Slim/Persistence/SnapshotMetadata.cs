namespace Akka.Persistence;

/// <summary>Which state a snapshot shows: that after the event with the sequence number.</summary>
public sealed class SnapshotMetadata : IEquatable<SnapshotMetadata>
{
    public SnapshotMetadata(string persistenceId, long sequenceNr)
        : this(persistenceId, sequenceNr, DateTime.MinValue)
    {
    }

    public SnapshotMetadata(string persistenceId, long sequenceNr, DateTime timestamp)
    {
        PersistenceId = persistenceId;
        SequenceNr = sequenceNr;
        Timestamp = timestamp;
    }

    public string PersistenceId { get; }

    public long SequenceNr { get; }

    /// <summary>UTC; <see cref="DateTime.MinValue"/> where it is not known.</summary>
    public DateTime Timestamp { get; }

    public bool Equals(SnapshotMetadata? other) =>
        other is not null
        && PersistenceId == other.PersistenceId
        && SequenceNr == other.SequenceNr
        && Timestamp == other.Timestamp;

    public override bool Equals(object? obj) => Equals(obj as SnapshotMetadata);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, SequenceNr, Timestamp);

    public override string ToString() =>
        $"SnapshotMetadata({PersistenceId}, sequence number {SequenceNr}, {Timestamp:O})";
}
