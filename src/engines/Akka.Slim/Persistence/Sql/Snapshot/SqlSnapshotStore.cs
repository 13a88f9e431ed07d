using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Snapshot;
using Akka.Store;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>
/// Snapshots in a database; in the journal's, they are guarded by the same fences. Chosen by
/// <c>akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.sql"</c>.
/// </summary>
internal sealed class SqlSnapshotStore : SnapshotStore, IFencedSnapshotStore
{
    private readonly IStores _stores;
    private readonly IStoreDriver<IJournalStatements> _driver;
    private readonly JournalTransactions _snapshots;
    private readonly SqlPayload _payload;

    public SqlSnapshotStore(Config config)
    {
        var system = (ExtendedActorSystem)Context.System;
        _payload = new SqlPayload(system.Serialization);
        _stores = StoresExtensionId.Instance.Apply(system).Stores;
        _driver = _stores.OpenJournal(config, Self.Path.Name);
        _snapshots = new JournalTransactions(_driver);
    }

    public Task SaveAsync(SnapshotMetadata metadata, object snapshot, string writerGuid) =>
        _snapshots.SaveSnapshot(Row(metadata, snapshot), writerGuid);

    public Task DeleteAsync(SnapshotMetadata metadata, string writerGuid) =>
        DeleteAsync(metadata.PersistenceId, Only(metadata), writerGuid);

    public Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, string writerGuid) =>
        _snapshots.DeleteSnapshots(persistenceId, criteria, writerGuid);

    protected override async Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var row = await _snapshots.FindSnapshot(persistenceId, criteria).ConfigureAwait(false);
        return row is null
            ? null
            : new SelectedSnapshot(
                new SnapshotMetadata(
                    row.PersistenceId, row.SequenceNr, new DateTime(row.CreatedTicks, DateTimeKind.Utc)),
                _payload.Decode(row, _driver.Location));
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) =>
        _snapshots.SaveSnapshot(Row(metadata, snapshot), writer: null);

    protected override Task DeleteAsync(SnapshotMetadata metadata) =>
        DeleteAsync(metadata.PersistenceId, Only(metadata));

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        _snapshots.DeleteSnapshots(persistenceId, criteria, writer: null);

    protected override void PostStop() => _stores.Release(_driver);

    private static SnapshotSelectionCriteria Only(SnapshotMetadata metadata) =>
        metadata.Timestamp == DateTime.MinValue
            ? new SnapshotSelectionCriteria(metadata.SequenceNr, DateTime.MaxValue, metadata.SequenceNr)
            : new SnapshotSelectionCriteria(
                metadata.SequenceNr, metadata.Timestamp, metadata.SequenceNr, metadata.Timestamp);

    private SqlRow Row(SnapshotMetadata metadata, object snapshot) =>
        _payload.Encode(
            snapshot, metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, null);
}
