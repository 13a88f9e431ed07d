using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Events, snapshots and fences in a model of a database.</summary>
internal sealed class ModelJournal(ModelTables tables, ModelTransaction transaction) : IJournalStatements
{
    public ValueTask<long> NextFenceEpoch() =>
        transaction.Look<long>(nameof(NextFenceEpoch), () =>
            tables.NextFenceEpoch());

    public ValueTask<bool> PutFence(string persistenceId, long epoch, string writer) =>
        transaction.Run(nameof(PutFence), async () =>
        {
            var raised = new FenceRow(epoch, writer);
            if (await tables.Fences.Insert(transaction, ModelTables.Whole, persistenceId, raised))
            {
                return true;
            }

            var present = await tables.Fences.Lock(transaction, ModelTables.Whole, persistenceId);
            if (present is null || present.Epoch >= epoch)
            {
                return false;
            }

            await tables.Fences.Put(transaction, ModelTables.Whole, persistenceId, raised);
            return true;
        });

    public ValueTask<FenceRow?> LockFence(string persistenceId) =>
        transaction.Run<FenceRow?>(nameof(LockFence), () =>
            tables.Fences.Lock(transaction, ModelTables.Whole, persistenceId));

    public ValueTask<long> HighestSequenceNr(string persistenceId) =>
        transaction.Look<long>(nameof(HighestSequenceNr), () =>
            tables.Events.Scan(transaction, persistenceId).LastOrDefault().Key);

    public async ValueTask InsertEvents(IReadOnlyList<SqlRow> rows) =>
        await transaction.Run(nameof(InsertEvents), async () =>
        {
            foreach (var row in rows)
            {
                if (!await tables.Events.Insert(
                    transaction, row.PersistenceId, row.SequenceNr, new ModelTables.Event(row, IsDeleted: false)))
                {
                    throw new SqlStoreException(
                        $"Persistence id {row.PersistenceId} has sequence number {row.SequenceNr} already.");
                }
            }

            return true;
        });

    public async ValueTask Replay(string persistenceId, long from, long to, long max, Action<SqlRow> deliver) =>
        await transaction.Look(nameof(Replay), () =>
        {
            var left = max;
            foreach (var (number, item) in tables.Events.Scan(transaction, persistenceId).ToArray())
            {
                if (number >= from && number <= to && !item.IsDeleted && left-- > 0)
                {
                    deliver(item.Row);
                }
            }

            return true;
        });

    public async ValueTask DeleteEvents(string persistenceId, long toSequenceNr, long highestSequenceNr) =>
        await transaction.Run(nameof(DeleteEvents), async () =>
        {
            var numbers = tables.Events.Scan(transaction, persistenceId).Select(static item => item.Key)
                .Where(number => number <= toSequenceNr && number < highestSequenceNr).ToArray();
            foreach (var number in numbers)
            {
                if (await tables.Events.Lock(transaction, persistenceId, number) is not null)
                {
                    await tables.Events.Put(transaction, persistenceId, number, null);
                }
            }

            return true;
        });

    public async ValueTask MarkDeleted(string persistenceId, long sequenceNr) =>
        await transaction.Run(nameof(MarkDeleted), async () =>
        {
            if (await tables.Events.Lock(transaction, persistenceId, sequenceNr) is { } item)
            {
                var emptied = item.Row with { Message = [] };
                await tables.Events.Put(
                    transaction, persistenceId, sequenceNr, new ModelTables.Event(emptied, IsDeleted: true));
            }

            return true;
        });

    public async ValueTask PutSnapshot(SqlRow snapshot) =>
        await transaction.Run(nameof(PutSnapshot), async () =>
        {
            await tables.Snapshots.Put(transaction, snapshot.PersistenceId, snapshot.SequenceNr, snapshot);
            return true;
        });

    public ValueTask<SqlRow?> FindSnapshot(string persistenceId, SnapshotSelectionCriteria criteria) =>
        transaction.Look<SqlRow?>(nameof(FindSnapshot), () =>
            tables.Snapshots.Scan(transaction, persistenceId).Select(static snapshot => snapshot.Row)
                .LastOrDefault(row => Matches(criteria, row)));

    public async ValueTask DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria) =>
        await transaction.Run(nameof(DeleteSnapshots), async () =>
        {
            var numbers = tables.Snapshots.Scan(transaction, persistenceId)
                .Where(snapshot => Matches(criteria, snapshot.Row)).Select(static snapshot => snapshot.Key).ToArray();
            foreach (var number in numbers)
            {
                if (await tables.Snapshots.Lock(transaction, persistenceId, number) is not null)
                {
                    await tables.Snapshots.Put(transaction, persistenceId, number, null);
                }
            }

            return true;
        });

    private static bool Matches(SnapshotSelectionCriteria criteria, SqlRow row) =>
        criteria.IsMatch(new SnapshotMetadata(
            row.PersistenceId, row.SequenceNr, new DateTime(row.CreatedTicks, DateTimeKind.Utc)));
}
