using System.Globalization;
using Microsoft.Data.Sqlite;
using TrainingCluster.EngineNode;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>
/// Nodes that must not join: each says so once, in a line that a person understands, and harms nobody.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class BadInputSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Far below the minute after which a complaint may be repeated.</summary>
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(3);

    private readonly FaultSettings _settings = FaultSettings.Present;

    [Fact]
    public async Task A_node_of_another_cluster_is_refused()
    {
        await using var cluster = await NodeCluster.StartAsync(
            new ClusterPlan { Nodes = 1 }, new SqliteClusterStore());
        var stranger = cluster.Add(2, "--cluster", "another");
        stranger.Start();

        await ComplainsOnceAsync(
            cluster, stranger, "belongs to the cluster \"faults\"; this actor system is called \"another\"");

        await EndAsync(cluster, stranger);
    }

    [Fact]
    public async Task A_node_whose_address_is_in_use_gives_up()
    {
        await using var cluster = await NodeCluster.StartAsync(
            new ClusterPlan { Nodes = 1 }, new SqliteClusterStore());
        var first = cluster.Nodes[0];
        var twin = cluster.Add(2, "--port", first.Port.ToString(CultureInfo.InvariantCulture));
        twin.Start();

        await cluster.UntilAsync(() => twin.HasExited, Patience, "the second node has given up");

        Assert.Equal(NodeProcess.RefusedExitCode, twin.ExitCode);
        var error = Assert.Single(Complaints(twin), line => line.Contains("[ERROR]", StringComparison.Ordinal));
        Assert.Contains($"127.0.0.1:{first.Port} is in use", error);
        Assert.Contains($"process {first.ProcessId}", error);
        await EndAsync(cluster, twin);
    }

    [Fact]
    public async Task A_store_of_a_newer_schema_is_refused()
    {
        var store = new SqliteClusterStore();
        await using var cluster = new NodeCluster(new ClusterPlan(), store);
        var node = cluster.Add(1);
        node.Start();
        await cluster.UntilAsync(() => node.View.IsUp, Patience, "the node is up");
        node.Terminate();
        await cluster.UntilAsync(() => node.HasExited, Patience, "the node has ended");
        RaiseSchema(store.PathOf("leases.db"));

        var older = cluster.Add(2);
        older.Start();

        await ComplainsOnceAsync(cluster, older, "has schema version 99; this program reads up to");
        await EndAsync(cluster, older);
    }

    [PostgresFact]
    public async Task Wrong_credentials_are_refused()
    {
        var store = new PostgresClusterStore();
        await using var cluster = new NodeCluster(new ClusterPlan(), store);
        var wrong = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(wrong, "not-the-password");
            var node = cluster.Add(1, "--password-file", wrong);
            node.Start();

            await ComplainsOnceAsync(cluster, node, "password authentication failed");
            Assert.DoesNotContain("not-the-password", string.Join('\n', node.Output));
        }
        finally
        {
            File.Delete(wrong);
        }
    }

    private static async Task ComplainsOnceAsync(NodeCluster cluster, Node node, string words)
    {
        await cluster.UntilAsync(
            () => Complaints(node).Any(line => line.Contains(words, StringComparison.Ordinal)) || node.HasExited,
            Patience,
            $"{node.Name} has said '{words}'");
        await cluster.UntilElapsedAsync(NodeCluster.Now, Watching);

        Assert.Contains(words, Assert.Single(Complaints(node)), StringComparison.Ordinal);
        Assert.DoesNotContain(node.Output, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.False(node.View.IsUp);
    }

    private static IEnumerable<string> Complaints(Node node) => node.Output.Where(line =>
        line.Contains("[ERROR]", StringComparison.Ordinal)
        || line.Contains("[WARNING]", StringComparison.Ordinal)
        || line.StartsWith("error:", StringComparison.Ordinal));

    private static void RaiseSchema(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var raise = connection.CreateCommand();
        raise.CommandText = "UPDATE schema_version SET version = 99, oldest_reader = 99";
        Assert.True(raise.ExecuteNonQuery() > 0);
    }

    /// <summary>The rest of the cluster must be well; the refused node need only end when told to.</summary>
    private async Task EndAsync(NodeCluster cluster, Node refused)
    {
        var others = cluster.AllBut(refused).Where(node => !node.HasExited).ToList();
        if (others.Count > 0)
        {
            await cluster.ConvergeAsync(others, NodeCluster.Now, _settings.Recovery);
        }

        if (!refused.HasExited)
        {
            refused.Terminate();
            await cluster.UntilAsync(() => refused.HasExited, Patience, $"{refused.Name} ends on SIGTERM");
        }
    }
}
