namespace Akka.Persistence.Sql;

/// <summary>
/// The tables and their version. A change that an older program can live with raises the version only; one it
/// would misread raises the oldest reader too, and older programs then refuse the store.
/// </summary>
internal static class SqlSchema
{
    public const long Version = 1;

    public const long OldestReader = 1;

    private const string Component = "persistence";

    /// <summary>Creates what is missing, in one transaction.</summary>
    /// <exception cref="SqlStoreException">The store's schema is too new for this program.</exception>
    public static void Prepare(SqlSession session)
    {
        session.Write(static session =>
        {
            foreach (var statement in session.Dialect.Schema)
            {
                session.Execute(statement);
            }

            var oldestReader = (long?)session.Scalar(
                "SELECT oldest_reader FROM schema_version WHERE component = @component",
                ("@component", Component));
            if (oldestReader is null)
            {
                session.Execute(
                    """
                    INSERT INTO schema_version (component, version, oldest_reader)
                    VALUES (@component, @version, @reader)
                    """,
                    ("@component", Component), ("@version", Version), ("@reader", OldestReader));
            }
            else if (oldestReader > Version)
            {
                Refuse(session);
            }
        });
    }

    private static void Refuse(SqlSession session)
    {
        var version = session.Scalar(
            "SELECT version FROM schema_version WHERE component = @component", ("@component", Component));
        throw new SqlStoreException(
            $"The store {session.Dialect.Location} has schema version {version}; this program reads up to "
            + $"version {Version}. Use the newer program that wrote it, or another store.");
    }
}
