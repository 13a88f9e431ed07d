using System.Data.Common;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace Akka.Store.Sql.Sqlite;

/// <summary>
/// SQLite in one file with a write-ahead log, so readers and the writer do not wait for each other.
/// </summary>
internal sealed class SqliteDialect : ISqlDialect
{
    private const int GenericError = 1;
    private const int Busy = 5;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    private readonly string _connectionString;
    private readonly bool _isDurable;
    private readonly int _busyMilliseconds;
    private readonly FileSystems _fileSystems;

    /// <param name="connectionString">Names the file.</param>
    /// <param name="busyTimeout">How long others may hold the right to write before a write fails.</param>
    /// <param name="isDurable">
    /// Whether each commit waits for the disk; where not, a power cut may take the last ones away.
    /// </param>
    /// <param name="fileSystems">Tells local folders from others.</param>
    /// <exception cref="ConfigurationException">The connection string names no file.</exception>
    public SqliteDialect(
        string connectionString, TimeSpan busyTimeout, bool isDurable, FileSystems fileSystems)
    {
        var builder = Parse(connectionString);
        builder.Pooling = false;
        builder.DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds);
        Location = builder.DataSource;
        _connectionString = builder.ConnectionString;
        _busyMilliseconds = (int)busyTimeout.TotalMilliseconds;
        _isDurable = isDurable;
        _fileSystems = fileSystems;
    }

    public string Location { get; }

    /// <exception cref="ConfigurationException">It names nothing.</exception>
    public static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
            if (builder.DataSource.Length > 0)
            {
                return builder;
            }
        }
        catch (ArgumentException)
        {
            // Reported below.
        }

        throw new ConfigurationException(
            $"\"{connectionString}\" is no connection string of SQLite; it must be like "
            + "\"Data Source=<path>\".");
    }

    public string ForUpdate => "";

    public string ForShare => "";

    // Fences are never deleted, and only one transaction writes at a time.
    public string NextFenceEpoch => "SELECT COALESCE(MAX(epoch), 0) + 1 FROM fence";

    public bool IsRemote => false;

    public DbConnection Open(bool forWriting)
    {
        _fileSystems.RefuseNetwork(Location);
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {_busyMilliseconds}");
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, $"PRAGMA synchronous = {(_isDurable ? "FULL" : "NORMAL")}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public DbTransaction BeginWrite(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public void LockSchema(SqlSession session)
    {
        // The transaction is the only one that writes.
    }

    public bool TableExists(SqlSession session, string table) =>
        session.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name", ("@name", table))
            is not null;

    public void InsertEvents(SqlSession session, IReadOnlyList<SqlRow> rows)
    {
        foreach (var row in rows)
        {
            session.Execute(
                """
                INSERT INTO journal (persistence_id, sequence_number, created, message, identifier, manifest,
                    writer_uuid, checksum)
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
    }

    public bool IsDuplicateKey(DbException error) => error is SqliteException { SqliteErrorCode: Constraint };

    public bool IsStatementError(DbException error) =>
        error is SqliteException { SqliteErrorCode: GenericError or TooBig or Constraint or Mismatch };

    public bool IsVictim(DbException error) => false;

    public SqlStoreException Explain(DbException error) =>
        error is SqliteException { SqliteErrorCode: Busy }
            ? new SqlStoreException(
                $"The store {Location} is busy: others have held the right to write for "
                + $"{_busyMilliseconds / 1000.0:0.###} s. Nothing was stored.",
                error)
            : new SqlStoreException(
                $"The store {Location} cannot be opened or used: {error.Message.TrimEnd('.')}. It must be a "
                + "SQLite database or a new file in a folder that can be written to.",
                error);

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
