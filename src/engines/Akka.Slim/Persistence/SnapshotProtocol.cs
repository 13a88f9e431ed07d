namespace Akka.Persistence;

public interface ISnapshotMessage : IPersistenceMessage;

public interface ISnapshotRequest : ISnapshotMessage;

public interface ISnapshotResponse : ISnapshotMessage;

/// <summary>The newest snapshot that meets the criteria and is not newer than the sequence number.</summary>
public sealed record LoadSnapshot(string PersistenceId, SnapshotSelectionCriteria Criteria, long ToSequenceNr)
    : ISnapshotRequest;

/// <summary>What was found, or null for none.</summary>
public sealed record LoadSnapshotResult(SelectedSnapshot? Snapshot, long ToSequenceNr) : ISnapshotResponse;

public sealed record LoadSnapshotFailed(Exception Cause) : ISnapshotResponse;

public sealed record SaveSnapshot(SnapshotMetadata Metadata, object Snapshot) : ISnapshotRequest
{
    internal string? WriterGuid { get; init; }
}

public sealed record SaveSnapshotSuccess(SnapshotMetadata Metadata) : ISnapshotResponse;

public sealed record SaveSnapshotFailure(SnapshotMetadata Metadata, Exception Cause) : ISnapshotResponse;

public sealed record DeleteSnapshot(SnapshotMetadata Metadata) : ISnapshotRequest
{
    internal string? WriterGuid { get; init; }
}

public sealed record DeleteSnapshotSuccess(SnapshotMetadata Metadata) : ISnapshotResponse;

public sealed record DeleteSnapshotFailure(SnapshotMetadata Metadata, Exception Cause) : ISnapshotResponse;

public sealed record DeleteSnapshots(string PersistenceId, SnapshotSelectionCriteria Criteria)
    : ISnapshotRequest
{
    internal string? WriterGuid { get; init; }
}

public sealed record DeleteSnapshotsSuccess(SnapshotSelectionCriteria Criteria) : ISnapshotResponse;

public sealed record DeleteSnapshotsFailure(SnapshotSelectionCriteria Criteria, Exception Cause)
    : ISnapshotResponse;
