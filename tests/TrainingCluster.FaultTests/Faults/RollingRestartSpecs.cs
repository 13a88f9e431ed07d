using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>Every node is ended by SIGTERM and started again, one after the other, under load.</summary>
[Collection(FaultCollection.Name)]
public sealed class RollingRestartSpecs(ITestOutputHelper output)
{
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [Fact]
    public Task A_rolling_restart_loses_nothing_on_SQLite() => RestartAsync(new SqliteClusterStore(), "SQLite");

    [PostgresFact]
    public Task A_rolling_restart_loses_nothing_on_PostgreSQL() =>
        RestartAsync(new PostgresClusterStore(), "PostgreSQL");

    private async Task RestartAsync(IClusterStore store, string name)
    {
        await using var cluster = await NodeCluster.StartAsync(new ClusterPlan(), store);
        var slowest = TimeSpan.Zero;
        foreach (var node in cluster.Nodes.ToList())
        {
            var told = NodeCluster.Now;
            node.Terminate();
            await cluster.UntilAsync(() => node.HasExited, _settings.Recovery, $"{node.Name} has ended");
            Assert.Equal(0, node.ExitCode);
            var took = await cluster.ConvergeAsync(cluster.AllBut(node), told, _settings.Recovery);
            slowest = took > slowest ? took : slowest;

            var started = NodeCluster.Now;
            node.Start();
            await cluster.ConvergeAsync(cluster.Nodes, started, _settings.Recovery);
        }

        _figures.Add(
            $"SIGTERM in a rolling restart to all answering elsewhere, slowest, {name}",
            slowest,
            _settings.TakeOver);
        await cluster.EndAsync();
    }
}
