using System.Data;
using System.Data.Common;
using Akka.Persistence.Sql;
using Npgsql;

namespace Akka.Store.Sql.Postgres;

/// <summary>PostgreSQL 15 or newer: one database for all parts.</summary>
/// <param name="connections">To that database.</param>
/// <param name="writeLimit">What a statement of a writing transaction may take.</param>
/// <param name="readLimit">Another's; null for replays, which take as long as there are events.</param>
/// <param name="isDurable">Whether commits wait for the server's disk, if it is set up so.</param>
internal sealed class PostgresDialect(
    PostgresConnections connections, TimeSpan writeLimit, TimeSpan? readLimit, bool isDurable = true)
    : ISqlDialect
{
    /// <summary>Any number that other programs on the same database hardly use.</summary>
    private const long SchemaLock = 0x616B6B61;

    public string Location => connections.Location;

    public string ForUpdate => " FOR UPDATE";

    public string ForShare => " FOR SHARE";

    public string NextFenceEpoch => "SELECT nextval('fence_epoch')";

    public bool IsRemote => true;

    public DbConnection Open(bool forWriting) =>
        connections.Open(forWriting ? writeLimit : readLimit, isDurable);

    public DbTransaction BeginWrite(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.ReadCommitted);

    public void LockSchema(SqlSession session) =>
        session.Execute("SELECT pg_advisory_xact_lock(@lock)", ("@lock", SchemaLock));

    public bool TableExists(SqlSession session, string table) =>
        session.Scalar("SELECT to_regclass(@table) IS NOT NULL", ("@table", table)) is true;

    public void InsertEvents(SqlSession session, IReadOnlyList<SqlRow> rows) => session.Execute(
        """
        INSERT INTO journal (persistence_id, sequence_number, created, message, identifier, manifest,
            writer_uuid, checksum)
        SELECT * FROM unnest(@ids, @sequences, @createds, @messages, @identifiers, @manifests, @writers,
            @checksums)
        """,
        ("@ids", rows.Select(row => row.PersistenceId).ToArray()),
        ("@sequences", rows.Select(row => row.SequenceNr).ToArray()),
        ("@createds", rows.Select(row => row.CreatedTicks).ToArray()),
        ("@messages", rows.Select(row => row.Message).ToArray()),
        ("@identifiers", rows.Select(row => row.SerializerId).ToArray()),
        ("@manifests", rows.Select(row => row.Manifest).ToArray()),
        ("@writers", rows.Select(row => row.Writer).ToArray()),
        ("@checksums", rows.Select(row => row.Checksum()).ToArray()));

    public bool IsDuplicateKey(DbException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    // Data, constraints, conflicts, names; the other classes are about the connection or the server.
    public bool IsStatementError(DbException error) =>
        error is PostgresException && error.SqlState![..2] is "21" or "22" or "23" or "25" or "40" or "42";

    public bool IsVictim(DbException error) =>
        error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    public SqlStoreException Explain(DbException error) => connections.Explain(error);
}
