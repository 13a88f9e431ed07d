using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>What a cluster of three costs when it has nothing to do.</summary>
[Collection(FaultCollection.Name)]
public sealed class IdleSpecs(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const double ProcessorLimit = 1;
    private const double StatementsLimit = 30;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(FaultSettings.AreReal ? 30 : 5);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(FaultSettings.AreReal ? 60 : 10);
    private readonly Figures _figures = new(output);

    [Fact]
    public async Task An_idle_cluster_leaves_the_processor_alone_on_SQLite() =>
        await MeasureAsync(new SqliteClusterStore(), "SQLite", () => 0L);

    [PostgresFact]
    public async Task An_idle_cluster_leaves_processor_and_store_alone_on_PostgreSQL()
    {
        var store = new PostgresClusterStore();
        var statements = await MeasureAsync(store, "PostgreSQL", store.CountStatements);
        _figures.Add("statements of 3 idle nodes, PostgreSQL", statements, StatementsLimit, "/s");
    }

    /// <returns>Statements a second.</returns>
    private async Task<double> MeasureAsync(IClusterStore store, string name, Func<long> count)
    {
        var plan = new ClusterPlan
        {
            Nodes = Nodes, HasLoad = false, Settings = FaultSettings.OfTheProduct,
        };
        await using var cluster = await NodeCluster.StartAsync(plan, store);
        await cluster.UntilElapsedAsync(NodeCluster.Now, WarmUp);

        var (before, statements) = (Used(cluster), count());
        await Task.Delay(Duration);
        var used = Used(cluster).Zip(before, (after, earlier) => after - earlier).Max();
        statements = count() - statements;

        _figures.Add(
            $"processor of an idle node, {name}", 100 * used / Duration.TotalSeconds, ProcessorLimit, "%");
        return statements / Duration.TotalSeconds;
    }

    private static List<double> Used(NodeCluster cluster) =>
        [.. cluster.Nodes.Select(node => ProcessorTime.Of(node.ProcessId).TotalSeconds)];
}
