using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using TrainingCluster.Cluster.Serialization;

namespace TrainingCluster.Cluster.Reading;

/// <summary>
/// Reads events out of a journal's file in the table layout of Akka.Persistence.Sql, without an actor system
/// and without writing to it. Another process may be writing meanwhile: what was committed before is seen.
/// </summary>
internal sealed class SqliteJournalFile(string path)
{
    private const int NotADatabase = 26;

    private const int Corrupt = 11;

    /// <summary>
    /// The events of one id in order, with their sequence numbers; none if there is no journal yet.
    /// </summary>
    /// <exception cref="JournalCorruptException">An event does not match its checksum or cannot be
    /// read.</exception>
    public IEnumerable<(long SequenceNumber, object Event)> Read(string persistenceId)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (var row in Rows(persistenceId))
        {
            yield return (row.SequenceNumber, Decode(persistenceId, row));
        }
    }

    /// <summary>
    /// Looks at every page of the file: a bad one that no event lies on would stop the writer later.
    /// </summary>
    /// <exception cref="JournalCorruptException">The file is no sound database.</exception>
    public void Verify()
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var connection = Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            if (command.ExecuteScalar() is not "ok" and var finding)
            {
                throw new JournalCorruptException(path, "the file", 0, $"{finding}");
            }
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw new JournalCorruptException(
                path, "the file", 0, "the file is no sound SQLite database", broken);
        }
    }

    private List<Row> Rows(string persistenceId)
    {
        try
        {
            using var connection = Open();
            if (!HasColumn(connection, "sequence_number"))
            {
                return [];
            }

            using var command = connection.CreateCommand();
            var checksum = HasColumn(connection, "checksum") ? "checksum" : "NULL";
            command.CommandText =
                $"""
                SELECT sequence_number, manifest, identifier, message, {checksum} FROM journal
                WHERE persistence_id = $id AND deleted = 0 ORDER BY sequence_number
                """;
            command.Parameters.AddWithValue("$id", persistenceId);
            using var reader = command.ExecuteReader();
            var rows = new List<Row>();
            while (reader.Read())
            {
                rows.Add(new Row(
                    reader.GetInt64(0),
                    reader.IsDBNull(1) ? "" : reader.GetString(1),
                    reader.IsDBNull(2) ? 0 : reader.GetInt64(2),
                    reader.GetFieldValue<byte[]>(3),
                    reader.IsDBNull(4) ? null : reader.GetInt64(4)));
            }

            return rows;
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw new JournalCorruptException(
                path, persistenceId, 0, "the file is no sound SQLite database", broken);
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    // No columns, no table. Akka.Persistence.Sql's own table has no checksums.
    private static bool HasColumn(SqliteConnection connection, string column)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM pragma_table_info('journal') WHERE name = $column";
        command.Parameters.AddWithValue("$column", column);
        return command.ExecuteScalar() is > 0L;
    }

    private object Decode(string persistenceId, Row row)
    {
        if (row.Checksum is { } stored && stored != Checksum(persistenceId, row))
        {
            throw new JournalCorruptException(
                path, persistenceId, row.SequenceNumber, "its bytes do not match its checksum");
        }

        try
        {
            return WireContracts.Read(row.Message, row.Manifest);
        }
        catch (Exception broken) when (broken is System.Text.Json.JsonException or ArgumentException)
        {
            throw new JournalCorruptException(
                path, persistenceId, row.SequenceNumber, broken.Message, broken);
        }
    }

    // The first eight bytes of the sha-256 over identity and content, as the journal's writer puts them down.
    // Rows of other writers have none and are read on trust.
    private static long Checksum(string persistenceId, Row row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{persistenceId}\n{row.SequenceNumber}\n{row.Identifier}\n{row.Manifest}\n"));
        hash.AppendData(row.Message);
        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    private sealed record Row(
        long SequenceNumber, string Manifest, long Identifier, byte[] Message, long? Checksum);
}
