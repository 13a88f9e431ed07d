using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TrainingCluster.EngineTests.Postgres;

/// <summary>
/// A PostgreSQL server in a private folder on a private port, run by a user that is not root. It can be stopped
/// and started again; it goes with its owner, or, where that process died, with the next one's start.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    public const string User = "node";

    internal const string InitialPassword = "first password";

    private readonly string _folder;
    private readonly bool _isDurable;

    /// <param name="isDurable">Whether commits wait for the disk.</param>
    public PostgresServer(bool isDurable = false)
    {
        PostgresInstallation.Require();
        _isDurable = isDurable;
        _folder = PostgresFolders.Make();
        Port = FreePort();
        try
        {
            Start();
        }
        catch
        {
            PostgresFolders.Remove(_folder);
            throw;
        }
    }

    public int Port { get; }

    public string Password { get; private set; } = InitialPassword;

    /// <summary>Of a database, without the password.</summary>
    public string WithoutPassword(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Database={database}";

    public string ConnectionString(string database) => $"{WithoutPassword(database)};Password={Password}";

    /// <summary>A new, empty database.</summary>
    public string CreateDatabase()
    {
        var name = "d" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        Execute("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    public void ChangePassword(string password)
    {
        Execute("postgres", $"ALTER USER {User} PASSWORD '{password}'");
        Password = password;
    }

    public void Execute(string database, string statement) => Query(database, statement);

    /// <summary>The first column of the first row.</summary>
    public object? Query(string database, string statement)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        return command.ExecuteScalar();
    }

    public void Start()
    {
        var durability = _isDurable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
        PostgresInstallation.Run(
            "pg_ctl", "-D", Path.Combine(_folder, "data"), "-w", "-t", "30", "-l", Path.Combine(_folder, "log"),
            "-o",
            $"-p {Port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 "
            + $"-c unix_socket_directories={_folder} -c max_connections=100" + durability,
            "start");
    }

    /// <summary>Stops at once, as if the power had gone.</summary>
    public void Stop() => PostgresFolders.Stop(_folder);

    public void Dispose() => PostgresFolders.Remove(_folder);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
