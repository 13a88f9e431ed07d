using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>
/// Snapshots in a database; in the journal's, they are guarded by the same fences. Chosen by
/// <c>akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.sql"</c>.
/// </summary>
internal sealed class SqlSnapshotStore : SnapshotStore, IFencedSnapshotStore
{
    private readonly SqlStores _stores;
    private readonly SqlStore _store;
    private readonly SqlPayload _payload;

    public SqlSnapshotStore(Config config)
    {
        var system = (ExtendedActorSystem)Context.System;
        _payload = new SqlPayload(system.Serialization);
        _stores = SqlStoresId.Instance.Apply(system);
        _store = _stores.Acquire(config, Self.Path.Name);
    }

    public Task SaveAsync(SnapshotMetadata metadata, object snapshot, string writerGuid)
    {
        var row = Row(metadata, snapshot);
        return _store.Write(session =>
        {
            SqlFences.Check(session, metadata.PersistenceId, writerGuid);
            SqlSnapshotStatements.Save(session, row);
        });
    }

    public Task DeleteAsync(SnapshotMetadata metadata, string writerGuid) =>
        DeleteAsync(metadata.PersistenceId, Only(metadata), writerGuid);

    public Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, string writerGuid) =>
        _store.Write(session =>
        {
            SqlFences.Check(session, persistenceId, writerGuid);
            SqlSnapshotStatements.Delete(session, persistenceId, criteria);
        });

    protected override async Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var row = await _store.Read(session => SqlSnapshotStatements.Load(session, persistenceId, criteria))
            .ConfigureAwait(false);
        return row is null
            ? null
            : new SelectedSnapshot(
                new SnapshotMetadata(
                    row.PersistenceId, row.SequenceNr, new DateTime(row.CreatedTicks, DateTimeKind.Utc)),
                _payload.Decode(row, _store.Location));
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var row = Row(metadata, snapshot);
        return _store.Write(session => SqlSnapshotStatements.Save(session, row));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata) =>
        DeleteAsync(metadata.PersistenceId, Only(metadata));

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        _store.Write(session => SqlSnapshotStatements.Delete(session, persistenceId, criteria));

    protected override void PostStop() => _stores.Release(_store);

    private static SnapshotSelectionCriteria Only(SnapshotMetadata metadata) =>
        metadata.Timestamp == DateTime.MinValue
            ? new SnapshotSelectionCriteria(metadata.SequenceNr, DateTime.MaxValue, metadata.SequenceNr)
            : new SnapshotSelectionCriteria(
                metadata.SequenceNr, metadata.Timestamp, metadata.SequenceNr, metadata.Timestamp);

    private SqlRow Row(SnapshotMetadata metadata, object snapshot) =>
        _payload.Encode(
            snapshot, metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, null);
}
