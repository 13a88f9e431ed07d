using System.Globalization;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>A node with the singleton and 1,000 entities leaves in order.</summary>
[Collection(FaultCollection.Name)]
public sealed class HandOverSpecs(ITestOutputHelper output)
{
    private const int Entities = 1000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Rare = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [Fact]
    public Task A_singleton_and_1000_entities_are_handed_over_on_SQLite() =>
        HandOverAsync(new SqliteClusterStore(), "SQLite");

    [PostgresFact]
    public Task A_singleton_and_1000_entities_are_handed_over_on_PostgreSQL() =>
        HandOverAsync(new PostgresClusterStore { IsDirect = true }, "PostgreSQL");

    private async Task HandOverAsync(IClusterStore store, string name)
    {
        // Everything begins on the first node, and nothing is moved to the second for balance.
        var plan = new ClusterPlan
        {
            Nodes = 1,
            Entities = Entities,
            Pause = Rare,
            More = ["--set", "akka.cluster.sharding.rebalance-interval = 1h"],
        };
        await using var cluster = await NodeCluster.StartAsync(plan, store);
        var (first, second) = (cluster.Nodes[0], cluster.Add(2, "--pause-ms", Milliseconds(Pause)));
        second.Start();
        await cluster.UntilAsync(() => second.View.IsUp, _settings.Recovery, "the second node is up");
        await cluster.UntilAsync(
            () => second.View.Answers.Select(answer => answer.Target).Distinct().Count() == Entities + 1,
            _settings.Recovery,
            "all have answered the second node");

        var told = NodeCluster.Now;
        first.Terminate();

        var took = await cluster.ConvergeAsync([second], told, _settings.Recovery);
        _figures.Add($"planned hand-over of a singleton and 1,000 entities, {name}", took, Limit);
        await cluster.EndAsync();
        Assert.Equal(0, first.ExitCode);
    }

    private static string Milliseconds(TimeSpan span) =>
        ((int)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
