using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Planted;

/// <summary>Passes every statement on; a planted mistake overrides one.</summary>
internal abstract class JournalDecorator(IJournalStatements inner) : IJournalStatements
{
    public ValueTask<long> NextFenceEpoch() => inner.NextFenceEpoch();

    public virtual ValueTask<bool> PutFence(string persistenceId, long epoch, string writer) =>
        inner.PutFence(persistenceId, epoch, writer);

    public virtual ValueTask<FenceRow?> LockFence(string persistenceId) => inner.LockFence(persistenceId);

    public ValueTask<long> HighestSequenceNr(string persistenceId) => inner.HighestSequenceNr(persistenceId);

    public ValueTask InsertEvents(IReadOnlyList<SqlRow> rows) => inner.InsertEvents(rows);

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

/// <summary>Writes without looking at the fence.</summary>
internal sealed class NoFenceCheck(IJournalStatements inner) : JournalDecorator(inner)
{
    public override ValueTask<FenceRow?> LockFence(string persistenceId) => ValueTask.FromResult<FenceRow?>(null);
}

/// <summary>
/// Recovery only takes a number for its fence; it is raised when the writer writes for the first time.
/// </summary>
/// <param name="inner">The real statements.</param>
/// <param name="pending">The fences that this host has not yet raised.</param>
internal sealed class LateFence(IJournalStatements inner, Dictionary<string, FenceRow> pending)
    : JournalDecorator(inner)
{
    public override ValueTask<bool> PutFence(string persistenceId, long epoch, string writer)
    {
        pending[persistenceId] = new FenceRow(epoch, writer);
        return ValueTask.FromResult(true);
    }

    public override async ValueTask<FenceRow?> LockFence(string persistenceId)
    {
        if (pending.Remove(persistenceId, out var fence))
        {
            await base.PutFence(persistenceId, fence.Epoch, fence.Writer);
        }

        return await base.LockFence(persistenceId);
    }
}
