using Akka.Store;

namespace Akka.Persistence.Sql;

/// <summary>
/// What the journal and the snapshot store do in one transaction each. Who may write a persistence id is
/// decided here: recovery raises the id's fence before it reads; each write locks the fence and fails where
/// another writer has raised it since. So a writer that was overtaken, however late it wakes up, can change
/// nothing any more.
/// </summary>
internal sealed class JournalTransactions(IStoreDriver<IJournalStatements> driver)
{
    public string Location => driver.Location;

    /// <summary>
    /// Makes <paramref name="writer"/> the only writer and gives the highest sequence number. A write that is
    /// under way has ended by then: it is counted, or it will be refused.
    /// </summary>
    public Task<long> RaiseFence(string persistenceId, string writer) => driver.Write(async store =>
    {
        // A number that another writer overtook is taken again: epochs of one id must grow.
        while (!await store.PutFence(persistenceId, await store.NextFenceEpoch(), writer))
        {
        }

        return await store.HighestSequenceNr(persistenceId);
    });

    /// <summary>
    /// The highest sequence number ever given to the id, deleted events included; 0 for none.
    /// </summary>
    // Through the writer: what is being written must be seen.
    public Task<long> HighestSequenceNr(string persistenceId) =>
        driver.Write(store => store.HighestSequenceNr(persistenceId));

    /// <summary>Stores all writes or none.</summary>
    /// <exception cref="FencedWriterException">A writer was overtaken.</exception>
    /// <exception cref="SqlStoreException">
    /// A sequence number is taken: another writer has come between.
    /// </exception>
    public Task Write(IReadOnlyList<IReadOnlyList<SqlRow>> writes) => driver.Write(async store =>
    {
        foreach (var rows in writes)
        {
            await Check(store, rows[0].PersistenceId, rows[0].Writer);
            await store.InsertEvents(rows);
        }

        return true;
    });

    /// <summary>
    /// Hands over the events of an id in order, each as it is read. Numbers may be missing: those of rejected
    /// events.
    /// </summary>
    /// <exception cref="CorruptRowException">A row is not what was written.</exception>
    public Task Replay(string persistenceId, long from, long to, long max, Action<SqlRow> deliver) =>
        driver.Read(async store =>
        {
            await store.Replay(persistenceId, from, to, max, deliver);
            return true;
        });

    /// <summary>
    /// Deletes up to and including the number. The highest row stays, emptied and marked, so that its number
    /// is never given again.
    /// </summary>
    /// <param name="persistenceId">Whose events.</param>
    /// <param name="toSequenceNr">The last to delete.</param>
    /// <param name="writer">Who asks; null for somebody who is no writer.</param>
    public Task DeleteEvents(string persistenceId, long toSequenceNr, string? writer) =>
        Guarded(persistenceId, writer, async store =>
        {
            var highest = await store.HighestSequenceNr(persistenceId);
            await store.DeleteEvents(persistenceId, toSequenceNr, highest);
            if (highest > 0 && highest <= toSequenceNr)
            {
                await store.MarkDeleted(persistenceId, highest);
            }
        });

    /// <summary>Stores a snapshot; one of the same sequence number is replaced.</summary>
    public Task SaveSnapshot(SqlRow snapshot, string? writer) =>
        Guarded(snapshot.PersistenceId, writer, store => store.PutSnapshot(snapshot));

    public Task<SqlRow?> FindSnapshot(string persistenceId, SnapshotSelectionCriteria criteria) =>
        driver.Read(store => store.FindSnapshot(persistenceId, criteria));

    public Task DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria, string? writer) =>
        Guarded(persistenceId, writer, store => store.DeleteSnapshots(persistenceId, criteria));

    private Task Guarded(
        string persistenceId, string? writer, Func<IJournalStatements, ValueTask> change) =>
        driver.Write(async store =>
        {
            if (writer is not null)
            {
                await Check(store, persistenceId, writer);
            }

            await change(store);
            return true;
        });

    /// <summary>Passes for the writer that raised the fence last, and where nobody ever raised one.</summary>
    private async ValueTask Check(IJournalStatements store, string persistenceId, string? writer)
    {
        if (await store.LockFence(persistenceId) is { } fence && fence.Writer != writer)
        {
            throw new FencedWriterException(
                $"Writer {writer} of persistence id {persistenceId} was overtaken by writer {fence.Writer}, "
                + $"epoch {fence.Epoch}, in {Location}; nothing was stored. "
                + "Only the newest writer of an id may write.");
        }
    }
}
