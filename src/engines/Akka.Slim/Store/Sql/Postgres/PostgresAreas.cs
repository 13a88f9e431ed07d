namespace Akka.Store.Sql.Postgres;

/// <summary>One database; leases have connections of their own, with their own limit.</summary>
internal sealed class PostgresAreas(SqlStoreSettings settings, TimeProvider clock) : ISqlAreas
{
    public SqlArea<IMembershipStatements> Membership { get; } = new(
        Dialect(settings, settings.LeaseTimeout),
        PostgresSchemas.Membership,
        session => new SqlMembershipStatements(session));

    public SqlArea<IQueueStatements> Queues { get; } = new(
        Dialect(settings, settings.WireTimeout),
        PostgresSchemas.Queues,
        session => new SqlQueueStatements(session));

    public static SqlArea<IJournalStatements> Journal(
        string connectionString, SqlStoreSettings settings) => new(
        new PostgresDialect(
            new PostgresConnections(connectionString, settings.PasswordFile, settings.Timeout),
            settings.Timeout,
            readLimit: null),
        PostgresSchemas.Journal,
        session => new SqlJournalStatements(session));

    public IWakeUps OpenWakeUps() =>
        new PostgresWakeUps(Connections(settings, settings.Timeout), settings.Timeout, clock);

    private static PostgresConnections Connections(SqlStoreSettings settings, TimeSpan timeout) =>
        new(settings.ConnectionString, settings.PasswordFile, timeout);

    private static PostgresDialect Dialect(SqlStoreSettings settings, TimeSpan limit) =>
        new(Connections(settings, limit), limit, limit);
}
