using Npgsql;
using TrainingCluster.Testing.Postgres;
using Server = TrainingCluster.Testing.Postgres.PostgresServer;

namespace TrainingCluster.EngineTests.Postgres;

/// <summary>A server whose databases tests share out, whose password changes, and that can be stopped.</summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly string[] Volatile = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

    private readonly Server _server;

    /// <param name="isDurable">Whether commits wait for the disk.</param>
    public PostgresServer(bool isDurable = false) =>
        _server = Server.Start(new PostgresServerOptions { Settings = isDurable ? [] : Volatile });

    public int Port => _server.Port;

    public string Password { get; private set; } = Server.Password;

    /// <summary>Of a database, without the password.</summary>
    public string WithoutPassword(string database) =>
        $"Host={_server.Host};Port={Port};Username={Server.User};Database={database}";

    public string ConnectionString(string database) => $"{WithoutPassword(database)};Password={Password}";

    /// <summary>A new, empty database.</summary>
    public string CreateDatabase()
    {
        var name = "d" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        Execute(Server.Database, $"CREATE DATABASE {name}");
        return name;
    }

    public void ChangePassword(string password)
    {
        Execute(Server.Database, $"ALTER USER {Server.User} PASSWORD '{password}'");
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

    public void Start() => _server.StartAgain();

    /// <summary>Stops at once, as if the power had gone.</summary>
    public void Stop() => _server.Stop("immediate");

    public void Dispose() => _server.Dispose();
}
