using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <summary>
/// The tables of one part of the store. A change that an older program can live with raises the version only;
/// one it would misread raises the oldest reader too, and older programs then refuse the store.
/// </summary>
/// <param name="Component">Its name among the parts that share a database.</param>
/// <param name="Migrations">From version 1 on, in order.</param>
internal sealed record SqlSchema(string Component, IReadOnlyList<SqlMigration> Migrations)
{
    private const string Versions = "schema_version";

    private long Version => Migrations.Count;

    /// <summary>Creates and brings up to date what is missing, in one transaction.</summary>
    /// <exception cref="SqlStoreException">The store's schema is too new for this program.</exception>
    public void Prepare(SqlSession session)
    {
        // Nearly always there is nothing to do, and then nobody must be waited for.
        if (Version == 0 || (session.Dialect.TableExists(session, Versions) && Found(session) >= Version))
        {
            return;
        }

        session.Begin();
        try
        {
            session.Dialect.LockSchema(session);
            Migrate(session);
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private void Migrate(SqlSession session)
    {
        session.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS {Versions} (
                component TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL, oldest_reader BIGINT NOT NULL)
            """);
        var found = Found(session);
        for (var version = found; version < Version; version++)
        {
            foreach (var statement in Migrations[(int)version].Statements)
            {
                session.Execute(statement);
            }
        }

        if (found < Version)
        {
            session.Execute(
                $"""
                INSERT INTO {Versions} (component, version, oldest_reader)
                VALUES (@component, @version, @reader)
                ON CONFLICT (component) DO UPDATE SET
                    version = excluded.version, oldest_reader = excluded.oldest_reader
                """,
                ("@component", Component),
                ("@version", Version),
                ("@reader", Migrations.Max(migration => migration.OldestReader)));
        }
    }

    /// <summary>The version that the store has; 0 for none.</summary>
    private long Found(SqlSession session)
    {
        var (version, oldestReader) = (0L, 0L);
        session.Query(
            $"SELECT version, oldest_reader FROM {Versions} WHERE component = @component",
            row => (version, oldestReader) = (row.GetInt64(0), row.GetInt64(1)),
            ("@component", Component));
        if (oldestReader > Version)
        {
            throw new SqlStoreException(
                $"The store {session.Dialect.Location} has schema version {version}; this program reads up "
                + $"to version {Version}. Use the newer program that wrote it, or another store.");
        }

        return version;
    }
}

/// <summary>The step to one version from the one before.</summary>
/// <param name="OldestReader">The oldest version whose programs may use the store after it.</param>
/// <param name="Statements">They only add: older programs may be at work meanwhile.</param>
internal sealed record SqlMigration(long OldestReader, params IReadOnlyList<string> Statements);
