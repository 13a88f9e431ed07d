namespace Akka.Persistence;

/// <summary>Given to a recovering actor before the events that are newer than the snapshot.</summary>
public sealed record SnapshotOffer(SnapshotMetadata Metadata, object Snapshot);

/// <summary>A snapshot as the store found it.</summary>
public sealed record SelectedSnapshot(SnapshotMetadata Metadata, object Snapshot);
