using Akka.Persistence;
using Akka.Persistence.Sql;

namespace Akka.Store;

/// <summary>
/// The statements about events, snapshots and who may write them. Each is one statement to the database,
/// except where a list of rows is given.
/// </summary>
internal interface IJournalStatements
{
    /// <summary>
    /// The next number of the sequence that the fences of this store are numbered by. It locks nothing, so
    /// transactions may use their numbers in another order; numbers may be left out.
    /// </summary>
    ValueTask<long> NextFenceEpoch();

    /// <summary>
    /// Makes <paramref name="writer"/> the only writer of the id; locks the fence. False where the fence is
    /// at this epoch or above: somebody who took a later number was faster.
    /// </summary>
    ValueTask<bool> PutFence(string persistenceId, long epoch, string writer);

    /// <summary>
    /// The fence of an id, null where nobody ever raised one. Nobody else can raise or lock it until the
    /// transaction ends.
    /// </summary>
    ValueTask<FenceRow?> LockFence(string persistenceId);

    /// <summary>
    /// The highest sequence number ever given to the id, deleted events included; 0 for none.
    /// </summary>
    ValueTask<long> HighestSequenceNr(string persistenceId);

    /// <exception cref="SqlStoreException">
    /// A sequence number is taken. The end of the transaction may find out.
    /// </exception>
    ValueTask InsertEvents(IReadOnlyList<SqlRow> rows);

    /// <summary>Hands over the events of an id in order, each as it is read.</summary>
    /// <exception cref="CorruptRowException">A row is not what was written.</exception>
    ValueTask Replay(string persistenceId, long from, long to, long max, Action<SqlRow> deliver);

    /// <summary>
    /// Deletes events up to and including the number, but never the one of the highest number.
    /// </summary>
    ValueTask DeleteEvents(string persistenceId, long toSequenceNr, long highestSequenceNr);

    /// <summary>Empties and marks an event, so that its number stays taken.</summary>
    ValueTask MarkDeleted(string persistenceId, long sequenceNr);

    ValueTask PutSnapshot(SqlRow snapshot);

    /// <summary>The newest snapshot that fits; null for none.</summary>
    /// <exception cref="CorruptRowException">The row is not what was written.</exception>
    ValueTask<SqlRow?> FindSnapshot(string persistenceId, SnapshotSelectionCriteria criteria);

    ValueTask DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria);
}

/// <summary>Who may write a persistence id, and since which epoch.</summary>
internal sealed record FenceRow(long Epoch, string Writer);
