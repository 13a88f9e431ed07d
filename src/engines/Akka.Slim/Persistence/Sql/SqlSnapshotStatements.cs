namespace Akka.Persistence.Sql;

/// <summary>The snapshot store's statements; each runs within the transaction of its session.</summary>
internal static class SqlSnapshotStatements
{
    private const string Matches =
        """
        persistence_id = @id AND sequence_number <= @maxSequence AND sequence_number >= @minSequence
        AND created <= @maxTime AND created >= @minTime
        """;

    /// <summary>The newest snapshot that meets the criteria, or null.</summary>
    public static SqlRow? Load(SqlSession session, string persistenceId, SnapshotSelectionCriteria criteria)
    {
        SqlRow? found = null;
        session.Query(
            $"""
            SELECT persistence_id, sequence_number, created, snapshot, serializer_id, manifest, checksum
            FROM snapshot WHERE {Matches} ORDER BY sequence_number DESC LIMIT 1
            """,
            reader => found = new SqlRow(
                reader.GetString(0),
                reader.GetInt64(1),
                reader.GetInt64(2),
                reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? 0 : reader.GetInt32(4),
                reader.IsDBNull(5) ? "" : reader.GetString(5),
                Writer: null).Verified(
                    reader.IsDBNull(6) ? null : reader.GetInt64(6), session.Dialect.Location),
            Parameters(persistenceId, criteria));
        return found;
    }

    /// <summary>Stores a snapshot; one of the same sequence number is replaced.</summary>
    public static void Save(SqlSession session, SqlRow row) =>
        session.Execute(
            """
            INSERT INTO snapshot (
                persistence_id, sequence_number, created, snapshot, serializer_id, manifest, checksum)
            VALUES (@id, @sequence, @created, @snapshot, @serializer, @manifest, @checksum)
            ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET
                created = excluded.created, snapshot = excluded.snapshot,
                serializer_id = excluded.serializer_id, manifest = excluded.manifest,
                checksum = excluded.checksum
            """,
            ("@id", row.PersistenceId),
            ("@sequence", row.SequenceNr),
            ("@created", row.CreatedTicks),
            ("@snapshot", row.Message),
            ("@serializer", row.SerializerId),
            ("@manifest", row.Manifest),
            ("@checksum", row.Checksum()));

    public static void Delete(SqlSession session, string persistenceId, SnapshotSelectionCriteria criteria) =>
        session.Execute($"DELETE FROM snapshot WHERE {Matches}", Parameters(persistenceId, criteria));

    private static (string Name, object? Value)[] Parameters(
        string persistenceId, SnapshotSelectionCriteria criteria) =>
    [
        ("@id", persistenceId),
        ("@maxSequence", criteria.MaxSequenceNr),
        ("@minSequence", criteria.MinSequenceNr),
        ("@maxTime", criteria.MaxTimeStamp.Ticks),
        ("@minTime", criteria.MinTimestamp?.Ticks ?? 0L),
    ];
}
