using System.Data.Common;

namespace Akka.Persistence.Sql;

/// <summary>The journal's statements; each runs within the transaction of its session.</summary>
internal static class SqlJournalStatements
{
    private const string Columns =
        "persistence_id, sequence_number, created, message, identifier, manifest, writer_uuid, checksum";

    /// <summary>
    /// The highest sequence number ever given to the id, deleted events included; 0 for none.
    /// </summary>
    public static long HighestSequenceNr(SqlSession session, string persistenceId) =>
        (long?)session.Scalar(
            "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @id", ("@id", persistenceId))
        ?? 0;

    /// <exception cref="FencedWriterException">The writer was overtaken.</exception>
    /// <exception cref="SqlStoreException">
    /// The sequence number is taken: another writer has come between.
    /// </exception>
    public static void Insert(SqlSession session, IReadOnlyList<SqlRow> rows)
    {
        SqlFences.Check(session, rows[0].PersistenceId, rows[0].Writer);
        foreach (var row in rows)
        {
            Insert(session, row);
        }
    }

    /// <summary>
    /// Deletes up to and including the number. The highest row stays, emptied and marked, so that its number
    /// is never given again.
    /// </summary>
    public static void DeleteTo(SqlSession session, string persistenceId, long toSequenceNr)
    {
        var highest = HighestSequenceNr(session, persistenceId);
        session.Execute(
            """
            DELETE FROM journal
            WHERE persistence_id = @id AND sequence_number <= @to AND sequence_number < @highest
            """,
            ("@id", persistenceId), ("@to", toSequenceNr), ("@highest", highest));
        if (highest > 0 && highest <= toSequenceNr)
        {
            session.Execute(
                """
                UPDATE journal SET deleted = 1, message = x'', checksum = NULL
                WHERE persistence_id = @id AND sequence_number = @highest
                """,
                ("@id", persistenceId), ("@highest", highest));
        }
    }

    /// <summary>
    /// Hands over the events of an id in order, each as it is read. Numbers may be missing: those of rejected
    /// events.
    /// </summary>
    /// <exception cref="CorruptRowException">A row is not what was written.</exception>
    public static void Replay(
        SqlSession session, string persistenceId, long from, long to, long max, Action<SqlRow> deliver)
    {
        session.Query(
            $"""
            SELECT {Columns} FROM journal
            WHERE persistence_id = @id AND sequence_number >= @from AND sequence_number <= @to AND deleted = 0
            ORDER BY sequence_number LIMIT @max
            """,
            reader => deliver(Read(reader, session.Dialect.Location)),
            ("@id", persistenceId), ("@from", from), ("@to", to), ("@max", max));
    }

    private static void Insert(SqlSession session, SqlRow row)
    {
        try
        {
            session.Execute(
                $"""
                INSERT INTO journal ({Columns})
                VALUES (@id, @sequence, @created, @message, @identifier, @manifest, @writer, @checksum)
                """,
                ("@id", row.PersistenceId),
                ("@sequence", row.SequenceNr),
                ("@created", row.CreatedTicks),
                ("@message", row.Message),
                ("@identifier", row.SerializerId),
                ("@manifest", row.Manifest),
                ("@writer", row.Writer),
                ("@checksum", row.Checksum()));
        }
        catch (DbException error) when (session.Dialect.IsDuplicateKey(error))
        {
            throw new SqlStoreException(
                $"Persistence id {row.PersistenceId} has sequence number {row.SequenceNr} already in "
                + $"{session.Dialect.Location}; two writers of one id run at the same time.",
                error);
        }
    }

    private static SqlRow Read(DbDataReader reader, string location)
    {
        var row = new SqlRow(
            reader.GetString(0),
            reader.GetInt64(1),
            reader.GetInt64(2),
            reader.GetFieldValue<byte[]>(3),
            reader.IsDBNull(4) ? 0 : reader.GetInt32(4),
            reader.IsDBNull(5) ? "" : reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetString(6));
        return row.Verified(reader.IsDBNull(7) ? null : reader.GetInt64(7), location);
    }
}
