using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Product;

/// <summary>Where the nodes under test meet.</summary>
internal sealed class ProductStore : IDisposable
{
    private readonly PostgresServer? _server;

    private ProductStore(PostgresServer? server, bool hasFiles = false)
    {
        _server = server;
        HasFiles = hasFiles;
    }

    /// <summary>Artifacts and checkpoints are in it too: nodes share no folder.</summary>
    public bool HasFiles { get; }

    /// <summary>Files in the state directory.</summary>
    public static ProductStore Sqlite() => new(null);

    /// <summary>A server of its own.</summary>
    public static ProductStore Postgres() => new(PostgresServer.Start());

    /// <summary>The same, with artifacts and checkpoints in it.</summary>
    public static ProductStore PostgresWithFiles() => new(PostgresServer.Start(), hasFiles: true);

    public string Name => _server is null ? "SQLite" : "PostgreSQL";

    /// <summary>For the configuration of a node.</summary>
    public string Settings => _server is null
        ? ""
        : $$"""
          training.cluster.store {
            provider-name = "PostgreSQL.15"
            connection-string = "{{Connection(_server)}}"
            password-file = "{{_server.PasswordFile}}"
            files = {{(HasFiles ? "postgresql" : "directory")}}
          }
          """;

    /// <summary>All events of a persistence id in order, as manifest and bytes; nobody may write any more.</summary>
    /// <param name="journalFile">Read where there is no server.</param>
    public IReadOnlyList<(string Manifest, byte[] Content)> Events(string journalFile, string persistenceId) =>
        _server is null
            ? JournalRows.OfFile(journalFile, persistenceId)
            : JournalRows.Parse(_server.Query(JournalRows.Sql(persistenceId)));

    private static string Connection(PostgresServer server) =>
        $"Host={server.Host};Port={server.Port};Database={PostgresServer.Database};Username={PostgresServer.User}";

    public void Dispose() => _server?.Dispose();
}
