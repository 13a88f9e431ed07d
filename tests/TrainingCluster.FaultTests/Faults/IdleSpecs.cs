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

    /// <summary>What runs once a second is compiled again after thirty runs, and for good after sixty.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(FaultSettings.AreReal ? 75 : 3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(FaultSettings.AreReal ? 60 : 10);
    private readonly Figures _figures = new(output);

    [RealTimeFact]
    public async Task An_idle_cluster_leaves_the_processor_alone_on_SQLite()
    {
        var (processor, _) = await MeasureAsync(new SqliteClusterStore(), () => 0);

        _figures.Add("processor of an idle node, SQLite", processor, ProcessorLimit, "%");
    }

    [PostgresFact]
    public async Task An_idle_cluster_leaves_the_store_alone_on_PostgreSQL()
    {
        var store = new PostgresClusterStore { IsDirect = true };

        var (processor, statements) = await MeasureAsync(store, store.CountStatements);

        _figures.Add("statements of 3 idle nodes, PostgreSQL", statements, StatementsLimit, "/s");
        if (FaultSettings.AreReal)
        {
            _figures.Add("processor of an idle node, PostgreSQL", processor, ProcessorLimit, "%");
        }
    }

    /// <returns>Of a core in the node that uses most; statements of all nodes a second.</returns>
    private static async Task<(double Percent, double Statements)> MeasureAsync(
        IClusterStore store, Func<long> count)
    {
        var plan = new ClusterPlan
        {
            Nodes = Nodes,
            HasLoad = false,
            Settings = FaultSettings.OfTheProduct,
        };
        await using var cluster = await NodeCluster.StartAsync(plan, store);
        await cluster.UntilElapsedAsync(NodeCluster.Now, WarmUp);

        var (before, earlier) = (Used(cluster), count());
        await Task.Delay(Duration);
        var used = Used(cluster).Zip(before, (now, then) => now - then).Max();
        var executed = count() - earlier;

        await cluster.EndAsync();
        return (100 * used / Duration.TotalSeconds, executed / Duration.TotalSeconds);
    }

    private static List<double> Used(NodeCluster cluster) =>
        [.. cluster.Nodes.Select(node => ProcessorTime.Of(node.ProcessId).TotalSeconds)];
}
