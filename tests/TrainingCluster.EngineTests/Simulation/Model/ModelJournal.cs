using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Events, snapshots and fences in a model of a database.</summary>
internal sealed class ModelJournal(ModelTables tables, ModelTransaction transaction) : IJournalStatements
{
    public async ValueTask<long> NextFenceEpoch()
    {
        await transaction.Begin(nameof(NextFenceEpoch));
        return tables.NextFenceEpoch();
    }

    public async ValueTask PutFence(string persistenceId, long epoch, string writer)
    {
        await transaction.Begin(nameof(PutFence));
        await tables.Fences.Put(
            transaction, ModelTables.Whole, persistenceId, new FenceRow(epoch, writer));
    }

    public async ValueTask<FenceRow?> LockFence(string persistenceId)
    {
        await transaction.Begin(nameof(LockFence));
        return await tables.Fences.Lock(transaction, ModelTables.Whole, persistenceId, exclusive: false);
    }

    public async ValueTask<long> HighestSequenceNr(string persistenceId)
    {
        await transaction.Begin(nameof(HighestSequenceNr));
        return tables.Events.Scan(transaction, persistenceId).LastOrDefault().Key;
    }

    public async ValueTask InsertEvents(IReadOnlyList<SqlRow> rows)
    {
        await transaction.Begin(nameof(InsertEvents));
        foreach (var row in rows)
        {
            if (!await tables.Events.Insert(
                transaction, row.PersistenceId, row.SequenceNr, new ModelTables.Event(row, IsDeleted: false)))
            {
                throw transaction.Break(new SqlStoreException(
                    $"Persistence id {row.PersistenceId} has sequence number {row.SequenceNr} already."));
            }
        }
    }

    public async ValueTask Replay(string persistenceId, long from, long to, long max, Action<SqlRow> deliver)
    {
        await transaction.Begin(nameof(Replay));
        var left = max;
        foreach (var (number, item) in tables.Events.Scan(transaction, persistenceId).ToArray())
        {
            if (number >= from && number <= to && !item.IsDeleted && left-- > 0)
            {
                deliver(item.Row);
            }
        }
    }

    public async ValueTask DeleteEvents(string persistenceId, long toSequenceNr, long highestSequenceNr)
    {
        await transaction.Begin(nameof(DeleteEvents));
        var numbers = tables.Events.Scan(transaction, persistenceId).Select(static item => item.Key)
            .Where(number => number <= toSequenceNr && number < highestSequenceNr).ToArray();
        foreach (var number in numbers)
        {
            if (await tables.Events.Lock(transaction, persistenceId, number) is not null)
            {
                await tables.Events.Put(transaction, persistenceId, number, null);
            }
        }
    }

    public async ValueTask MarkDeleted(string persistenceId, long sequenceNr)
    {
        await transaction.Begin(nameof(MarkDeleted));
        if (await tables.Events.Lock(transaction, persistenceId, sequenceNr) is { } item)
        {
            var emptied = item.Row with { Message = [] };
            await tables.Events.Put(
                transaction, persistenceId, sequenceNr, new ModelTables.Event(emptied, IsDeleted: true));
        }
    }

    public async ValueTask PutSnapshot(SqlRow snapshot)
    {
        await transaction.Begin(nameof(PutSnapshot));
        await tables.Snapshots.Put(transaction, snapshot.PersistenceId, snapshot.SequenceNr, snapshot);
    }

    public async ValueTask<SqlRow?> FindSnapshot(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        await transaction.Begin(nameof(FindSnapshot));
        return tables.Snapshots.Scan(transaction, persistenceId).Select(static snapshot => snapshot.Row)
            .LastOrDefault(row => Matches(criteria, row));
    }

    public async ValueTask DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        await transaction.Begin(nameof(DeleteSnapshots));
        var numbers = tables.Snapshots.Scan(transaction, persistenceId)
            .Where(snapshot => Matches(criteria, snapshot.Row)).Select(static snapshot => snapshot.Key).ToArray();
        foreach (var number in numbers)
        {
            if (await tables.Snapshots.Lock(transaction, persistenceId, number) is not null)
            {
                await tables.Snapshots.Put(transaction, persistenceId, number, null);
            }
        }
    }

    private static bool Matches(SnapshotSelectionCriteria criteria, SqlRow row) =>
        criteria.IsMatch(new SnapshotMetadata(
            row.PersistenceId, row.SequenceNr, new DateTime(row.CreatedTicks, DateTimeKind.Utc)));
}
