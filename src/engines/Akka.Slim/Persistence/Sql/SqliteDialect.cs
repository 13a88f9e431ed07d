using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql;

/// <summary>
/// SQLite in one file: write-ahead log, so readers and the writer do not wait for each other, and a sync of
/// the log for each commit, so what was acknowledged survives a power cut.
/// </summary>
internal sealed class SqliteDialect : ISqlDialect
{
    /// <summary>The value of <c>provider-name</c> that chooses this dialect.</summary>
    public const string ProviderName = "SQLite.MS";

    /// <summary>How long another process may hold the write lock before a write fails.</summary>
    private const int BusySeconds = 5;

    private const int ConstraintViolation = 19;

    private readonly string _connectionString;

    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            DefaultTimeout = BusySeconds,
        };
        Location = builder.DataSource;
        _connectionString = builder.ConnectionString;
    }

    public string Location { get; }

    public IReadOnlyList<string> Schema { get; } =
    [
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            component TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, oldest_reader INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS journal (
            ordering INTEGER PRIMARY KEY AUTOINCREMENT, deleted INTEGER NOT NULL DEFAULT 0,
            persistence_id TEXT NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL,
            tags TEXT NULL, message BLOB NOT NULL, identifier INTEGER NULL, manifest TEXT NULL,
            writer_uuid TEXT NULL, checksum INTEGER NULL, UNIQUE (persistence_id, sequence_number))
        """,
        """
        CREATE TABLE IF NOT EXISTS snapshot (
            persistence_id TEXT NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL,
            snapshot BLOB NOT NULL, manifest TEXT NULL, serializer_id INTEGER NULL, checksum INTEGER NULL,
            PRIMARY KEY (persistence_id, sequence_number))
        """,
        """
        CREATE TABLE IF NOT EXISTS fence (
            persistence_id TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, writer_uuid TEXT NOT NULL)
        """,
        "CREATE UNIQUE INDEX IF NOT EXISTS fence_epoch ON fence (epoch)",
    ];

    public DbConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {BusySeconds * 1000}");
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new SqlStoreException(
                $"The store {Location} cannot be opened: {error.Message.TrimEnd('.')}. It must be a "
                + "SQLite database or a new file in a folder that can be written to.",
                error);
        }
    }

    public DbTransaction BeginWrite(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public bool IsDuplicateKey(DbException error) =>
        error is SqliteException { SqliteErrorCode: ConstraintViolation };

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
