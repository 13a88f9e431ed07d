using Akka.Configuration;
using Akka.Store.Sql.Postgres;
using Akka.Store.Sql.Sqlite;

namespace Akka.Store.Sql;

/// <summary>The shared store in databases, as <c>akka-slim.store</c> and the plugins' settings say.</summary>
internal sealed class SqlStores(SqlStoreSettings settings, TimeProvider clock) : IStores
{
    /// <summary>
    /// How many transactions may share a commit: what fits into a fraction of the time limit.
    /// </summary>
    private const int MaximumBatch = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenJournals> _journals = [];
    private readonly ISqlAreas? _shared = Areas(settings, clock);
    private IStoreDriver<IMembershipStatements>? _membership;
    private IStoreDriver<IQueueStatements>? _queues;
    private IWakeUps? _wakeUps;
    private bool _isDisposed;

    public IStoreDriver<IMembershipStatements> Membership => Once(ref _membership, () =>
        new SqlDriver<IMembershipStatements>(
            Shared.Membership with { Limit = settings.LeaseTimeout }, clock));

    public IStoreDriver<IQueueStatements> Queues => Once(ref _queues, () =>
        new SqlDriver<IQueueStatements>(Shared.Queues with { MaximumBatch = MaximumBatch }, clock));

    public IWakeUps WakeUps => Once(ref _wakeUps, Shared.OpenWakeUps);

    private ISqlAreas Shared =>
        _shared ?? throw new ConfigurationException(
            "akka-slim.store.provider-name is empty: this node shares nothing with others.");

    public IStoreDriver<IJournalStatements> OpenJournal(Config plugin, string configPath)
    {
        var area = JournalArea(plugin, configPath);
        var key = $"{plugin.GetString("provider-name")} {plugin.GetString("connection-string")}";
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_journals.TryGetValue(key, out var open))
            {
                open = new OpenJournals(new SqlDriver<IJournalStatements>(
                    area with { MaximumBatch = MaximumBatch }, clock));
                _journals.Add(key, open);
            }

            open.Users++;
            return open.Driver;
        }
    }

    public void Release(IStoreDriver<IJournalStatements> journal)
    {
        lock (_lock)
        {
            var (key, open) = _journals.FirstOrDefault(open => ReferenceEquals(open.Value.Driver, journal));
            if (open is null || --open.Users > 0)
            {
                return;
            }

            _journals.Remove(key);
        }

        journal.Dispose();
    }

    public void Dispose()
    {
        List<IDisposable?> parts;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            parts = [_membership, _queues, _wakeUps, .. _journals.Values.Select(open => open.Driver)];
            _journals.Clear();
        }

        parts.ForEach(part => part?.Dispose());
    }

    private static ISqlAreas? Areas(SqlStoreSettings settings, TimeProvider clock) => settings.Provider switch
    {
        SqlStoreSettings.Sqlite => new SqliteAreas(settings, clock),
        SqlStoreSettings.Postgres => new PostgresAreas(settings, clock),
        _ => null,
    };

    private SqlArea<IJournalStatements> JournalArea(Config plugin, string configPath)
    {
        var connectionString = plugin.GetString("connection-string");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new ConfigurationException(
                $"{configPath}.connection-string is empty; for SQLite it is \"Data Source=<file>\".");
        }

        return plugin.GetString("provider-name") switch
        {
            SqlStoreSettings.Sqlite => SqliteAreas.Journal(connectionString),
            SqlStoreSettings.Postgres => PostgresAreas.Journal(connectionString, settings),
            var provider => throw new ConfigurationException(
                $"{configPath}.provider-name is \"{provider}\"; it must be \"{SqlStoreSettings.Sqlite}\" or "
                + $"\"{SqlStoreSettings.Postgres}\"."),
        };
    }

    private T Once<T>(ref T? part, Func<T> open)
        where T : class
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return part ??= open();
        }
    }

    private sealed class OpenJournals(IStoreDriver<IJournalStatements> driver)
    {
        public IStoreDriver<IJournalStatements> Driver { get; } = driver;

        public int Users { get; set; }
    }
}
