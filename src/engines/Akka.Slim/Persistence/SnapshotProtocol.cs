namespace Akka.Persistence;

public interface ISnapshotMessage : IPersistenceMessage;

public interface ISnapshotRequest : ISnapshotMessage;

public interface ISnapshotResponse : ISnapshotMessage;

/// <summary>The newest snapshot that meets the criteria and is not newer than the sequence number.</summary>
public sealed record LoadSnapshot : ISnapshotRequest
{
    public LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr)
    {
        PersistenceId = persistenceId;
        Criteria = criteria;
        ToSequenceNr = toSequenceNr;
    }

    public string PersistenceId { get; }

    public SnapshotSelectionCriteria Criteria { get; }

    public long ToSequenceNr { get; }
}

/// <summary>What was found, or null for none.</summary>
public sealed record LoadSnapshotResult : ISnapshotResponse
{
    public LoadSnapshotResult(SelectedSnapshot? snapshot, long toSequenceNr)
    {
        Snapshot = snapshot;
        ToSequenceNr = toSequenceNr;
    }

    public SelectedSnapshot? Snapshot { get; }

    public long ToSequenceNr { get; }
}

public sealed record LoadSnapshotFailed : ISnapshotResponse
{
    public LoadSnapshotFailed(Exception cause) => Cause = cause;

    public Exception Cause { get; }
}

public sealed record SaveSnapshot : ISnapshotRequest
{
    public SaveSnapshot(SnapshotMetadata metadata, object snapshot)
    {
        Metadata = metadata;
        Snapshot = snapshot;
    }

    public SnapshotMetadata Metadata { get; }

    public object Snapshot { get; }

    internal string? WriterGuid { get; init; }
}

public sealed record SaveSnapshotSuccess : ISnapshotResponse
{
    public SaveSnapshotSuccess(SnapshotMetadata metadata) => Metadata = metadata;

    public SnapshotMetadata Metadata { get; }
}

public sealed record SaveSnapshotFailure : ISnapshotResponse
{
    public SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause)
    {
        Metadata = metadata;
        Cause = cause;
    }

    public SnapshotMetadata Metadata { get; }

    public Exception Cause { get; }
}

public sealed record DeleteSnapshot : ISnapshotRequest
{
    public DeleteSnapshot(SnapshotMetadata metadata) => Metadata = metadata;

    public SnapshotMetadata Metadata { get; }

    internal string? WriterGuid { get; init; }
}

public sealed record DeleteSnapshotSuccess : ISnapshotResponse
{
    public DeleteSnapshotSuccess(SnapshotMetadata metadata) => Metadata = metadata;

    public SnapshotMetadata Metadata { get; }
}

public sealed record DeleteSnapshotFailure : ISnapshotResponse
{
    public DeleteSnapshotFailure(SnapshotMetadata metadata, Exception cause)
    {
        Metadata = metadata;
        Cause = cause;
    }

    public SnapshotMetadata Metadata { get; }

    public Exception Cause { get; }
}

public sealed record DeleteSnapshots : ISnapshotRequest
{
    public DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        PersistenceId = persistenceId;
        Criteria = criteria;
    }

    public string PersistenceId { get; }

    public SnapshotSelectionCriteria Criteria { get; }

    internal string? WriterGuid { get; init; }
}

public sealed record DeleteSnapshotsSuccess : ISnapshotResponse
{
    public DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria) => Criteria = criteria;

    public SnapshotSelectionCriteria Criteria { get; }
}

public sealed record DeleteSnapshotsFailure : ISnapshotResponse
{
    public DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause)
    {
        Criteria = criteria;
        Cause = cause;
    }

    public SnapshotSelectionCriteria Criteria { get; }

    public Exception Cause { get; }
}
