namespace Akka.Persistence.Snapshot;

/// <summary>Snapshots in memory; gone with the actor system. For tests.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedList<long, SelectedSnapshot>> _snapshots = [];

    protected override Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria)
    {
        lock (_lock)
        {
            return Task.FromResult(Of(persistenceId).Values.LastOrDefault(item =>
                criteria.IsMatch(item.Metadata)));
        }
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        lock (_lock)
        {
            Of(metadata.PersistenceId)[metadata.SequenceNr] = new SelectedSnapshot(metadata, snapshot);
        }

        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        lock (_lock)
        {
            var snapshots = Of(metadata.PersistenceId);
            if (snapshots.TryGetValue(metadata.SequenceNr, out var found)
                && (metadata.Timestamp == DateTime.MinValue
                    || metadata.Timestamp == found.Metadata.Timestamp))
            {
                snapshots.Remove(metadata.SequenceNr);
            }
        }

        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        lock (_lock)
        {
            var snapshots = Of(persistenceId);
            foreach (var item in snapshots.Values.Where(item => criteria.IsMatch(item.Metadata)).ToList())
            {
                snapshots.Remove(item.Metadata.SequenceNr);
            }
        }

        return Task.CompletedTask;
    }

    private SortedList<long, SelectedSnapshot> Of(string persistenceId)
    {
        if (!_snapshots.TryGetValue(persistenceId, out var snapshots))
        {
            _snapshots.Add(persistenceId, snapshots = []);
        }

        return snapshots;
    }
}
