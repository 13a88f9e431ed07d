using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;
using TrainingCluster.EngineTests.Postgres;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>Nodes in one process on a real store and in real time.</summary>
public abstract class StoreClusterSpecs : IDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<ActorSystem> _systems = [];

    /// <summary>What stands at <c>akka-slim.store</c>.</summary>
    protected abstract string Store { get; }

    public void Dispose()
    {
        Task.WhenAll(_systems.Select(system => system.Terminate())).Wait(Patience);
        RemoveStore();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nodes_come_up_and_leave_by_wake_ups()
    {
        // Without wake-ups it would take four renewals or more; single ones may get lost.
        var nodes = await StartUp(
            3,
            "akka-slim.lease { ttl = 40s, renew-interval = 8s, margin = 10s, unreachable-after = 20s, timeout = 6s }");

        await nodes[0].LeaveAsync().WaitAsync(Patience);

        Await(() => nodes[1..].All(node => node.State.Members.Count == 2));
        await nodes[0].System.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_node_that_stops_without_leaving_is_removed_after_its_time_to_live()
    {
        var nodes = await StartUp(3);

        nodes[0].System.Abort();
        await nodes[0].System.WhenTerminated.WaitAsync(Patience);
        var before = TimeProvider.System.GetTimestamp();

        Await(() => nodes[1..].All(node => node.State.Members.Count == 2));
        Assert.True(TimeProvider.System.GetElapsedTime(before) > TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_store_locked_by_another_process_stops_the_nodes_and_they_come_back_with_it()
    {
        var nodes = await StartUp(2);
        using (HoldWriteLock())
        {
            Await(() => nodes.All(node => !node.ActingRight.MayAct));
            // Long enough for leases to expire if anybody counted the time.
            await Task.Delay(TimeSpan.FromSeconds(6));
        }

        Await(() => nodes.All(node => node.ActingRight.MayAct));
        Assert.All(nodes, node => Assert.True(node.IsUp));
        Assert.All(nodes, node => Assert.Equal(2, node.State.Members.Count));
    }

    protected static void Await(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, Patience), "It did not come to be.");

    /// <summary>As another process would; until it is disposed.</summary>
    protected abstract IDisposable HoldWriteLock();

    protected abstract void RemoveStore();

    protected ClusterNode Start(int port, string more = "")
    {
        var system = ActorSystem.Create("node", ConfigurationFactory.ParseString(more).WithFallback(
            ConfigurationFactory.ParseString(
                $$"""
                akka {
                  loglevel = WARNING, stdout-loglevel = OFF, loggers = [], actor.provider = cluster
                  coordinated-shutdown.run-by-clr-shutdown-hook = off
                  remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
                }
                akka-slim {
                  store { {{Store}} }
                  lease { ttl = 5s, renew-interval = 500ms, margin = 1s, unreachable-after = 2s, timeout = 1500ms }
                }
                """)));
        _systems.Add(system);
        return ClusterNode.Get(system);
    }

    private async Task<ClusterNode[]> StartUp(int count, string more = "")
    {
        var nodes = Enumerable.Range(1, count).Select(port => Start(port, more)).ToArray();
        await Task.WhenAll(nodes.Select(node => node.JoinAsync(node.SelfAddress))).WaitAsync(Patience);
        Await(() => nodes.All(node => node.State.Members.Count(member => member.Status == MemberStatus.Up) == count));
        return nodes;
    }
}

public sealed class SqliteClusterSpecs : StoreClusterSpecs
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster").FullName;

    protected override string Store => $"provider-name = SQLite.MS, connection-string = \"Data Source={_folder}\"";

    protected override IDisposable HoldWriteLock()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "leases.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    protected override void RemoveStore() => Directory.Delete(_folder, recursive: true);
}

public sealed class PostgresClusterSpecs : StoreClusterSpecs, IClassFixture<PostgresClusterSpecs.Server>
{
    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly string _passwordFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public PostgresClusterSpecs(Server server)
    {
        _server = server.Postgres;
        _database = _server.CreateDatabase();
        File.WriteAllText(_passwordFile, _server.Password);
    }

    protected override string Store =>
        $"""
        provider-name = PostgreSQL.15, connection-string = "{_server.WithoutPassword(_database)}"
        password-file = "{_passwordFile}"
        """;

    [Fact]
    public async Task Wrong_credentials_are_refused_and_the_node_joins_once_they_are_right()
    {
        File.WriteAllText(_passwordFile, "wrong");
        var node = Start(1);
        var join = node.JoinAsync(node.SelfAddress);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(join.IsCompleted);
        Assert.False(node.ActingRight.MayAct);

        File.WriteAllText(_passwordFile, _server.Password);

        await join.WaitAsync(Patience);
        Assert.True(node.ActingRight.MayAct);
    }

    protected override IDisposable HoldWriteLock()
    {
        var connection = new NpgsqlConnection(_server.ConnectionString(_database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("BEGIN; SELECT 1 FROM member FOR UPDATE", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    protected override void RemoveStore() => File.Delete(_passwordFile);

    public sealed class Server : IDisposable
    {
        public PostgresServer Postgres { get; } = new();

        public void Dispose() => Postgres.Dispose();
    }
}
