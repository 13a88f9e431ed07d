using System.Globalization;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>SIGSTOP of the node with the singletons for longer than its lease, then SIGCONT.</summary>
[Collection(FaultCollection.Name)]
public sealed class FreezeSpecs(ITestOutputHelper output)
{
    private const int ExitCode = 42;
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [Fact]
    public async Task A_frozen_node_is_replaced_and_ends_with_the_exit_code_it_was_told_on_SQLite()
    {
        var code = ExitCode.ToString(CultureInfo.InvariantCulture);
        var plan = new ClusterPlan { More = ["--exit-when-removed", code] };
        await using var cluster = await NodeCluster.StartAsync(plan, new SqliteClusterStore());
        var node = cluster.Oldest;

        await FreezeAsync(cluster, node, "SQLite");

        await cluster.UntilAsync(() => node.HasExited, _settings.Recovery, $"{node.Name} has ended");
        Assert.Equal(ExitCode, node.ExitCode);
        await cluster.EndAsync();
    }

    [PostgresFact]
    public async Task A_frozen_node_is_replaced_and_comes_back_as_another_incarnation_on_PostgreSQL()
    {
        await using var cluster = await NodeCluster.StartAsync(new ClusterPlan(), new PostgresClusterStore());
        var (node, before) = (cluster.Oldest, cluster.Oldest.View.Identity);

        var thawed = await FreezeAsync(cluster, node, "PostgreSQL");

        var took = await cluster.ConvergeAsync(cluster.Nodes, thawed, _settings.Recovery);
        _figures.Add("SIGCONT to all answering on all nodes, PostgreSQL", took, _settings.Recovery);
        Assert.NotEqual(before, node.View.Identity);
        await cluster.EndAsync();
    }

    /// <returns>When the node went on.</returns>
    private async Task<long> FreezeAsync(NodeCluster cluster, Node node, string store)
    {
        var frozen = NodeCluster.Now;
        node.Freeze();
        var took = await cluster.ConvergeAsync(cluster.AllBut(node), frozen, _settings.Replacement);
        _figures.Add($"SIGSTOP of the oldest of 3 to all answering, {store}", took, _settings.Replacement);
        await cluster.UntilElapsedAsync(frozen, _settings.Freeze);

        var thawed = NodeCluster.Now;
        node.Thaw();
        return thawed;
    }
}
