using Akka.Configuration;

namespace Akka.Store.Sql;

/// <summary>Where the shared store is and how long its answers may take.</summary>
internal sealed record SqlStoreSettings
{
    public const string Sqlite = "SQLite.MS";

    public const string Postgres = "PostgreSQL.15";

    /// <summary>Empty for a node that shares nothing.</summary>
    public string Provider { get; init; } = "";

    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// Of all connection strings for PostgreSQL without a password, the journals' included; empty = none.
    /// </summary>
    public string PasswordFile { get; init; } = "";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a call about members may take.</summary>
    public TimeSpan LeaseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a call about messages may take.</summary>
    public TimeSpan WireTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <exception cref="ConfigurationException">The settings contradict themselves.</exception>
    public static SqlStoreSettings From(Config config)
    {
        var settings = new SqlStoreSettings
        {
            Provider = config.GetString("akka-slim.store.provider-name") ?? "",
            ConnectionString = config.GetString("akka-slim.store.connection-string") ?? "",
            PasswordFile = config.GetString("akka-slim.store.password-file") ?? "",
            Timeout = config.GetTimeSpan("akka-slim.store.timeout", allowInfinite: false),
            LeaseTimeout = config.GetTimeSpan("akka-slim.lease.timeout", allowInfinite: false),
            WireTimeout = config.GetTimeSpan("akka-slim.wire.timeout", allowInfinite: false),
        };
        if (settings.Provider is not ("" or Sqlite or Postgres))
        {
            throw new ConfigurationException(
                $"akka-slim.store.provider-name is \"{settings.Provider}\"; it must be \"\", \"{Sqlite}\" or "
                + $"\"{Postgres}\".");
        }

        if (settings.Provider.Length > 0 && settings.ConnectionString.Length == 0)
        {
            throw new ConfigurationException(
                "akka-slim.store.connection-string is empty; for SQLite it is \"Data Source=<folder>\".");
        }

        return settings;
    }

    /// <summary>A store of SQLite files in a folder.</summary>
    public static SqlStoreSettings InFolder(string folder) =>
        new() { Provider = Sqlite, ConnectionString = $"Data Source={folder}" };
}
