using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Events of one writer are in the journal.</summary>
internal sealed record EventsStored(
    string PersistenceId, string Writer, long From, long To, IReadOnlyList<SqlRow> Rows);

/// <summary>A writer believes to be the only one of its id from now on.</summary>
internal sealed record FenceRaised(string PersistenceId, string Writer, long Epoch);

/// <summary>Notes what checkers want to know of a transaction.</summary>
internal sealed class NotedJournal(IJournalStatements inner, SimTransaction transaction) : IJournalStatements
{
    public ValueTask<long> NextFenceEpoch() => inner.NextFenceEpoch();

    public async ValueTask<bool> PutFence(string persistenceId, long epoch, string writer)
    {
        var isRaised = await inner.PutFence(persistenceId, epoch, writer);
        if (isRaised)
        {
            transaction.Note(new FenceRaised(persistenceId, writer, epoch));
        }

        return isRaised;
    }

    public ValueTask<FenceRow?> LockFence(string persistenceId) => inner.LockFence(persistenceId);

    public ValueTask<long> HighestSequenceNr(string persistenceId) => inner.HighestSequenceNr(persistenceId);

    public ValueTask InsertEvents(IReadOnlyList<SqlRow> rows)
    {
        foreach (var group in rows.GroupBy(static row => row.PersistenceId))
        {
            var events = group.ToArray();
            transaction.Note(new EventsStored(
                group.Key, events[0].Writer ?? "", events[0].SequenceNr, events[^1].SequenceNr, events));
        }

        return inner.InsertEvents(rows);
    }

    public ValueTask Replay(string persistenceId, long from, long to, long max, Action<SqlRow> deliver) =>
        inner.Replay(persistenceId, from, to, max, deliver);

    public ValueTask DeleteEvents(string persistenceId, long toSequenceNr, long highestSequenceNr) =>
        inner.DeleteEvents(persistenceId, toSequenceNr, highestSequenceNr);

    public ValueTask MarkDeleted(string persistenceId, long sequenceNr) => inner.MarkDeleted(persistenceId, sequenceNr);

    public ValueTask PutSnapshot(SqlRow snapshot) => inner.PutSnapshot(snapshot);

    public ValueTask<SqlRow?> FindSnapshot(string persistenceId, SnapshotSelectionCriteria criteria) =>
        inner.FindSnapshot(persistenceId, criteria);

    public ValueTask DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria) =>
        inner.DeleteSnapshots(persistenceId, criteria);
}
