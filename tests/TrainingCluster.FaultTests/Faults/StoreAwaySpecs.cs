using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Network;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>The store fails all nodes alike: nobody may be taken for dead because of it.</summary>
[Collection(FaultCollection.Name)]
public sealed class StoreAwaySpecs(ITestOutputHelper output)
{
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [PostgresFact]
    public async Task All_nodes_come_back_as_they_were_when_the_store_was_stopped_and_started()
    {
        var store = new PostgresClusterStore();
        await SurviveAsync("PostgreSQL stopped and started", store, _settings.Outage, async outage =>
        {
            store.StopServer();
            await outage;
            store.StartServer();
        });
    }

    [PostgresFact]
    public async Task All_nodes_come_back_as_they_were_when_the_store_answered_late()
    {
        var store = new PostgresClusterStore();
        await SurviveAsync("PostgreSQL answering late", store, _settings.Outage, async outage =>
        {
            store.Slow(_settings.Lag);
            await outage;
            store.Heal();
        });
    }

    [Fact]
    public async Task All_nodes_come_back_as_they_were_when_somebody_held_the_write_locks()
    {
        var store = new SqliteClusterStore();
        await SurviveAsync("SQLite's write locks held", store, _settings.WriteLock, async outage =>
        {
            using var locks = store.LockAll();
            await outage;
        });
    }

    private async Task SurviveAsync(
        string what, IClusterStore store, TimeSpan duration, Func<Task, Task> fail)
    {
        await using var cluster = await NodeCluster.StartAsync(new ClusterPlan(), store);
        var before = cluster.Nodes.Select(node => node.View.Identity).ToList();

        await fail(cluster.UntilElapsedAsync(NodeCluster.Now, duration));

        var ended = NodeCluster.Now;
        var took = await cluster.ConvergeAsync(cluster.Nodes, ended, _settings.Recovery);
        _figures.Add($"{what}, to all answering", took, _settings.Recovery);
        Assert.Equal(before, cluster.Nodes.Select(node => node.View.Identity));
        await cluster.EndAsync();
    }
}
