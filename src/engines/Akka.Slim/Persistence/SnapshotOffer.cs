namespace Akka.Persistence;

/// <summary>Given to a recovering actor before the events that are newer than the snapshot.</summary>
public sealed record SnapshotOffer
{
    public SnapshotOffer(SnapshotMetadata metadata, object snapshot)
    {
        Metadata = metadata;
        Snapshot = snapshot;
    }

    public SnapshotMetadata Metadata { get; }

    public object Snapshot { get; }
}

/// <summary>A snapshot as the store found it.</summary>
public sealed record SelectedSnapshot
{
    public SelectedSnapshot(SnapshotMetadata metadata, object snapshot)
    {
        Metadata = metadata;
        Snapshot = snapshot;
    }

    public SnapshotMetadata Metadata { get; }

    public object Snapshot { get; }
}
