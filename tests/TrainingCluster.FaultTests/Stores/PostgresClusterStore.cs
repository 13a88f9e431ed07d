using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using TrainingCluster.FaultTests.Network;
using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Stores;

/// <summary>A server of its own, and a link to it for each node.</summary>
internal sealed class PostgresClusterStore : IClusterStore
{
    private readonly ConcurrentDictionary<int, Link> _links = new();
    private readonly PostgresServer _server = PostgresServer.Start(new PostgresServerOptions
    {
        Settings = ["shared_preload_libraries=pg_stat_statements"],
    });

    public PostgresClusterStore() => _server.Query("CREATE EXTENSION pg_stat_statements");

    public Link LinkOf(int port) => _links.GetOrAdd(
        port, static (_, server) => new Link(server), new IPEndPoint(IPAddress.Loopback, _server.Port));

    public void Heal() => BecomeAll(LinkState.Open);

    /// <summary>Whatever the server says is late.</summary>
    public void Slow(TimeSpan lag) => BecomeAll(LinkState.Slow(lag));

    public void StopServer() => _server.Stop();

    public void StartServer() => _server.StartAgain();

    /// <summary>All that were ever executed, each begin and commit among them.</summary>
    public long CountStatements() => long.Parse(
        _server.Query("SELECT sum(calls) FROM pg_stat_statements"), CultureInfo.InvariantCulture);

    /// <summary>Without links: for figures, which they would spoil.</summary>
    public bool IsDirect { get; init; }

    public IEnumerable<string> ArgumentsFor(int port) => ArgumentsFor(
        $"Host=127.0.0.1;Port={(IsDirect ? _server.Port : LinkOf(port).Port)}", _server.PasswordFile);

    /// <param name="where">Host and port as Npgsql has them.</param>
    /// <param name="passwordFile">Of the one user.</param>
    public static IEnumerable<string> ArgumentsFor(string where, string passwordFile)
    {
        var connection = $"{where};Database={PostgresServer.Database};Username={PostgresServer.User}";
        return
        [
            "--provider", "PostgreSQL.15",
            "--store", connection,
            "--journal", connection,
            "--password-file", passwordFile,
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }

        _server.Dispose();
    }

    private void BecomeAll(LinkState state)
    {
        foreach (var link in _links.Values)
        {
            link.Become(state);
        }
    }
}
