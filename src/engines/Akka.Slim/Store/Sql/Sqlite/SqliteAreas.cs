using Akka.Configuration;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace Akka.Store.Sql.Sqlite;

/// <summary>
/// A folder with one file for each part: in one file a busy journal would hold up the renewal of leases.
/// </summary>
internal sealed class SqliteAreas : ISqlAreas
{
    /// <summary>How long another process may hold up a write of the journal.</summary>
    private static readonly TimeSpan _journalBusy = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly TimeProvider _clock;

    /// <exception cref="ConfigurationException">The connection string names no folder.</exception>
    /// <exception cref="SqlStoreException">The folder cannot be made.</exception>
    public SqliteAreas(SqlStoreSettings settings, TimeProvider clock)
    {
        _clock = clock;
        _folder = SqliteDialect.Parse(settings.ConnectionString).DataSource;
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SqlStoreException(
                $"The store's folder {_folder} cannot be made: {cause.Message}", cause);
        }

        Membership = new SqlArea<IMembershipStatements>(
            File("leases.db", settings.LeaseTimeout),
            SqliteSchemas.Membership,
            session => new SqlMembershipStatements(session));
        Queues = new SqlArea<IQueueStatements>(
            File("queues.db", settings.WireTimeout),
            SqliteSchemas.Queues,
            session => new SqlQueueStatements(session));
    }

    public SqlArea<IMembershipStatements> Membership { get; }

    public SqlArea<IQueueStatements> Queues { get; }

    public static SqlArea<IJournalStatements> Journal(string connectionString) => new(
        new SqliteDialect(connectionString, _journalBusy, isDurable: true, FileSystems.OfThisMachine),
        SqliteSchemas.Journal,
        session => new SqlJournalStatements(session));

    public IWakeUps OpenWakeUps() => new SqliteWakeUps(_folder, _clock);

    // Its rows are of no use after a power cut, which ends all processes of the machine.
    private SqliteDialect File(string name, TimeSpan busyTimeout) =>
        new(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, name) }.ConnectionString,
            busyTimeout,
            isDurable: false,
            FileSystems.OfThisMachine);
}
