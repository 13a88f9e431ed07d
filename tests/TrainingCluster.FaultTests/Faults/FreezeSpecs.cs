using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>SIGSTOP of the node with the singletons for longer than its lease, then SIGCONT.</summary>
[Collection(FaultCollection.Name)]
public sealed class FreezeSpecs(ITestOutputHelper output)
{
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [Fact]
    public Task A_frozen_node_is_replaced_and_comes_back_as_another_incarnation_on_SQLite() =>
        FreezeAsync(new SqliteClusterStore(), "SQLite");

    [PostgresFact]
    public Task A_frozen_node_is_replaced_and_comes_back_as_another_incarnation_on_PostgreSQL() =>
        FreezeAsync(new PostgresClusterStore(), "PostgreSQL");

    private async Task FreezeAsync(IClusterStore store, string name)
    {
        await using var cluster = await NodeCluster.StartAsync(new ClusterPlan(), store);
        var node = cluster.Oldest;
        var before = node.View.Identity;

        var frozen = NodeCluster.Now;
        node.Freeze();
        var took = await cluster.ConvergeAsync(cluster.AllBut(node), frozen, _settings.TakeOver);
        _figures.Add($"SIGSTOP of the oldest of 3 to all answering, {name}", took, _settings.TakeOver);
        await cluster.UntilElapsedAsync(frozen, _settings.Freeze);

        var thawed = NodeCluster.Now;
        node.Thaw();
        took = await cluster.ConvergeAsync(cluster.Nodes, thawed, _settings.Recovery);
        _figures.Add($"SIGCONT to all answering on all nodes, {name}", took, _settings.Recovery);
        Assert.NotEqual(before, node.View.Identity);
        await cluster.EndAsync();
    }
}
