using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>kill −9: first of the node with the singletons, then of any other.</summary>
[Collection(FaultCollection.Name)]
public sealed class KillSpecs(ITestOutputHelper output)
{
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [Fact]
    public Task Others_act_for_killed_nodes_on_SQLite() => KillAsync(new SqliteClusterStore(), "SQLite");

    [PostgresFact]
    public Task Others_act_for_killed_nodes_on_PostgreSQL() =>
        KillAsync(new PostgresClusterStore(), "PostgreSQL");

    private async Task KillAsync(IClusterStore store, string name)
    {
        await using var cluster = await NodeCluster.StartAsync(new ClusterPlan { Nodes = 4 }, store);

        var oldest = cluster.Oldest;
        await KillAsync(cluster, oldest, $"kill -9 of the oldest of 4 to all answering, {name}");

        var back = NodeCluster.Now;
        oldest.Start();
        await cluster.ConvergeAsync(cluster.Nodes, back, _settings.Recovery);

        var others = cluster.AllBut(cluster.Oldest);
        var other = others[Random.Shared.Next(others.Count)];
        await KillAsync(cluster, other, $"kill -9 of another of 4 to all answering, {name}");
        await cluster.EndAsync();
    }

    private async Task KillAsync(NodeCluster cluster, Node node, string what)
    {
        var killed = NodeCluster.Now;
        node.Kill();
        var took = await cluster.ConvergeAsync(cluster.AllBut(node), killed, _settings.TakeOver);
        _figures.Add(what, took, _settings.TakeOver);
    }
}
