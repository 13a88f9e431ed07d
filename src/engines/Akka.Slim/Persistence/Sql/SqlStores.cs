using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Sql;

/// <summary>
/// The databases that an actor system has open. Journal and snapshot store of one connection string share
/// one, and with it the thread that writes.
/// </summary>
internal sealed class SqlStores : IExtension
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _open = [];

    /// <summary>Opens the database that a plugin's settings name, or joins in where it is open.</summary>
    /// <exception cref="ConfigurationException">
    /// The connection string is missing or the provider unknown.
    /// </exception>
    public SqlStore Acquire(Config config, string configPath)
    {
        var connectionString = config.GetString("connection-string");
        var provider = config.GetString("provider-name");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new ConfigurationException(
                $"{configPath}.connection-string is empty; for SQLite it is \"Data Source=<file>\".");
        }

        if (provider != SqliteDialect.ProviderName)
        {
            throw new ConfigurationException(
                $"{configPath}.provider-name is \"{provider}\"; it must be "
                + $"\"{SqliteDialect.ProviderName}\".");
        }

        lock (_lock)
        {
            if (!_open.TryGetValue(connectionString, out var entry))
            {
                entry = new Entry(new SqlStore(new SqliteDialect(connectionString)));
                _open.Add(connectionString, entry);
            }

            entry.Users++;
            return entry.Store;
        }
    }

    /// <summary>Closes the database with its last user; what was handed over is written first.</summary>
    public void Release(SqlStore store)
    {
        lock (_lock)
        {
            var (key, entry) = _open.Single(open => ReferenceEquals(open.Value.Store, store));
            if (--entry.Users > 0)
            {
                return;
            }

            _open.Remove(key);
        }

        store.Dispose();
    }

    private sealed class Entry(SqlStore store)
    {
        public SqlStore Store { get; } = store;

        public int Users { get; set; }
    }
}

internal sealed class SqlStoresId : ExtensionIdProvider<SqlStores>
{
    public static SqlStoresId Instance { get; } = new();

    public override SqlStores CreateExtension(ExtendedActorSystem system) => new();
}
