namespace Akka.Persistence.Sql;

/// <summary>
/// Who may write a persistence id. Recovery raises the fence before it reads; each write checks in its own
/// transaction that nobody has raised it since. So a writer that was overtaken, however late it wakes up,
/// can change nothing any more.
/// </summary>
internal static class SqlFences
{
    /// <summary>
    /// Makes <paramref name="writer"/> the only writer; epochs grow over all ids of the store.
    /// </summary>
    public static void Raise(SqlSession session, string persistenceId, string writer) =>
        session.Execute(
            """
            INSERT INTO fence (persistence_id, epoch, writer_uuid)
            VALUES (@id, (SELECT COALESCE(MAX(epoch), 0) + 1 FROM fence), @writer)
            ON CONFLICT (persistence_id) DO UPDATE SET
                epoch = excluded.epoch, writer_uuid = excluded.writer_uuid
            """,
            ("@id", persistenceId), ("@writer", writer));

    /// <summary>Passes for the writer that raised the fence last, and where nobody ever raised one.</summary>
    /// <exception cref="FencedWriterException">Another writer has raised it since.</exception>
    public static void Check(SqlSession session, string persistenceId, string? writer)
    {
        var (epoch, holder) = (0L, writer);
        session.Query(
            "SELECT epoch, writer_uuid FROM fence WHERE persistence_id = @id",
            row => (epoch, holder) = (row.GetInt64(0), row.GetString(1)),
            ("@id", persistenceId));
        if (holder != writer)
        {
            throw new FencedWriterException(
                $"Writer {writer} of persistence id {persistenceId} was overtaken by writer {holder}, "
                + $"epoch {epoch}, in {session.Dialect.Location}; nothing was stored. "
                + "Only the newest writer of an id may write.");
        }
    }
}
