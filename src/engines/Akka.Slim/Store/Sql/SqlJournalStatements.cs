using System.Data.Common;
using Akka.Persistence;
using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <inheritdoc cref="IJournalStatements"/>
internal sealed class SqlJournalStatements : IJournalStatements
{
    private const string Matches =
        """
        persistence_id = @id AND sequence_number <= @maxSequence AND sequence_number >= @minSequence
        AND created <= @maxTime AND created >= @minTime
        """;

    private readonly SqlSession _session;
    private readonly string _lockFence;
    private readonly List<SqlRow> _unsent = [];

    public SqlJournalStatements(SqlSession session)
    {
        _session = session;
        _session.Flush = Flush;
        _session.Forget = _unsent.Clear;
        _lockFence =
            "SELECT epoch, writer_uuid FROM fence WHERE persistence_id = @id" + session.Dialect.ForUpdate;
    }

    private string Location => _session.Dialect.Location;

    public ValueTask<long> NextFenceEpoch() => new((long)_session.Scalar(_session.Dialect.NextFenceEpoch)!);

    public ValueTask<bool> PutFence(string persistenceId, long epoch, string writer) => new(_session.Execute(
        """
        INSERT INTO fence (persistence_id, epoch, writer_uuid) VALUES (@id, @epoch, @writer)
        ON CONFLICT (persistence_id) DO UPDATE SET
            epoch = excluded.epoch, writer_uuid = excluded.writer_uuid
        WHERE fence.epoch < excluded.epoch
        """,
        ("@id", persistenceId), ("@epoch", epoch), ("@writer", writer)) > 0);

    public ValueTask<FenceRow?> LockFence(string persistenceId)
    {
        FenceRow? fence = null;
        _session.Query(
            _lockFence,
            row => fence = new FenceRow(row.GetInt64(0), row.GetString(1)),
            ("@id", persistenceId));
        return new(fence);
    }

    public ValueTask<long> HighestSequenceNr(string persistenceId)
    {
        Flush();
        var highest = _session.Scalar(
            "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @id", ("@id", persistenceId));
        return new((long?)highest ?? 0);
    }

    public ValueTask InsertEvents(IReadOnlyList<SqlRow> rows)
    {
        _unsent.AddRange(rows);
        if (!_session.Dialect.IsRemote)
        {
            Flush();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Replay(string persistenceId, long from, long to, long max, Action<SqlRow> deliver)
    {
        Flush();
        _session.Query(
            """
            SELECT sequence_number, created, message, identifier, manifest, checksum, writer_uuid
            FROM journal
            WHERE persistence_id = @id AND sequence_number >= @from AND sequence_number <= @to
                AND deleted = FALSE
            ORDER BY sequence_number LIMIT @max
            """,
            reader => deliver(Read(persistenceId, reader, reader.IsDBNull(6) ? null : reader.GetString(6))),
            ("@id", persistenceId), ("@from", from), ("@to", to), ("@max", max));
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteEvents(string persistenceId, long toSequenceNr, long highestSequenceNr)
    {
        Flush();
        return Done(_session.Execute(
            """
            DELETE FROM journal
            WHERE persistence_id = @id AND sequence_number <= @to AND sequence_number < @highest
            """,
            ("@id", persistenceId), ("@to", toSequenceNr), ("@highest", highestSequenceNr)));
    }

    public ValueTask MarkDeleted(string persistenceId, long sequenceNr)
    {
        Flush();
        return Done(_session.Execute(
            """
            UPDATE journal SET deleted = TRUE, message = @empty, checksum = NULL
            WHERE persistence_id = @id AND sequence_number = @number
            """,
            ("@empty", Array.Empty<byte>()), ("@id", persistenceId), ("@number", sequenceNr)));
    }

    public ValueTask PutSnapshot(SqlRow snapshot) => Done(_session.Execute(
        """
        INSERT INTO snapshot (
            persistence_id, sequence_number, created, snapshot, serializer_id, manifest, checksum)
        VALUES (@id, @sequence, @created, @snapshot, @serializer, @manifest, @checksum)
        ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET
            created = excluded.created, snapshot = excluded.snapshot,
            serializer_id = excluded.serializer_id, manifest = excluded.manifest,
            checksum = excluded.checksum
        """,
        ("@id", snapshot.PersistenceId),
        ("@sequence", snapshot.SequenceNr),
        ("@created", snapshot.CreatedTicks),
        ("@snapshot", snapshot.Message),
        ("@serializer", snapshot.SerializerId),
        ("@manifest", snapshot.Manifest),
        ("@checksum", snapshot.Checksum())));

    public ValueTask<SqlRow?> FindSnapshot(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        SqlRow? found = null;
        _session.Query(
            $"""
            SELECT sequence_number, created, snapshot, serializer_id, manifest, checksum
            FROM snapshot WHERE {Matches} ORDER BY sequence_number DESC LIMIT 1
            """,
            reader => found = Read(persistenceId, reader, writer: null),
            Parameters(persistenceId, criteria));
        return new(found);
    }

    public ValueTask DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria) => Done(
        _session.Execute($"DELETE FROM snapshot WHERE {Matches}", Parameters(persistenceId, criteria)));

    private static ValueTask Done(int _) => ValueTask.CompletedTask;

    private static (string Name, object? Value)[] Parameters(
        string persistenceId, SnapshotSelectionCriteria criteria) =>
    [
        ("@id", persistenceId),
        ("@maxSequence", criteria.MaxSequenceNr),
        ("@minSequence", criteria.MinSequenceNr),
        ("@maxTime", criteria.MaxTimeStamp.Ticks),
        ("@minTime", criteria.MinTimestamp?.Ticks ?? 0L),
    ];

    /// <exception cref="SqlStoreException">A sequence number is taken.</exception>
    private void Flush()
    {
        if (_unsent.Count == 0)
        {
            return;
        }

        try
        {
            _session.Dialect.InsertEvents(_session, _unsent);
        }
        catch (DbException error) when (_session.Dialect.IsDuplicateKey(error))
        {
            throw new SqlStoreException(
                $"Persistence id {_unsent[0].PersistenceId} has one of the sequence numbers "
                + $"{_unsent[0].SequenceNr} to {_unsent[^1].SequenceNr} already in {Location}; two "
                + "writers of one id run at the same time.",
                error);
        }
        finally
        {
            _unsent.Clear();
        }
    }

    private SqlRow Read(string persistenceId, DbDataReader reader, string? writer)
    {
        var row = new SqlRow(
            persistenceId,
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.GetFieldValue<byte[]>(2),
            reader.IsDBNull(3) ? 0 : reader.GetInt32(3),
            reader.IsDBNull(4) ? "" : reader.GetString(4),
            writer);
        return row.Verified(reader.IsDBNull(5) ? null : reader.GetInt64(5), Location);
    }
}
