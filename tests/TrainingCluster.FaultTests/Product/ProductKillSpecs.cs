using System.Diagnostics;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Product;

/// <summary>
/// Three nodes train three strategies and one of them is killed: after a first checkpoint, before the job's end.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class ProductKillSpecs(ITestOutputHelper output)
{
    private const int SeedsOfLongRuns = 20;

    // The first with a role holds its singleton; the last can take over both.
    private static readonly string[] Roles =
        ["coordinator,trainer", "registry,trainer", "coordinator,registry,trainer"];

    private static readonly TimeSpan StepPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RunPatience = TimeSpan.FromMinutes(4);

    [Fact]
    public Task A_job_of_a_killed_trainer_goes_on_elsewhere_to_the_same_bytes_on_SQLite() =>
        KillAsync(ProductStore.Sqlite(), 2, 1);

    [Fact]
    public Task A_killed_coordinator_is_replaced_and_the_run_ends_in_the_same_bytes_on_SQLite() =>
        KillAsync(ProductStore.Sqlite(), 0, 2);

    [Fact]
    public Task A_killed_registry_is_replaced_and_the_run_ends_in_the_same_bytes_on_SQLite() =>
        KillAsync(ProductStore.Sqlite(), 1, 3);

    [PostgresFact]
    public Task A_job_of_a_killed_trainer_goes_on_elsewhere_to_the_same_bytes_on_PostgreSQL() =>
        KillAsync(ProductStore.Postgres(), 2, 4);

    [PostgresFact(IsLong = true)]
    public Task A_killed_coordinator_is_replaced_and_the_run_ends_in_the_same_bytes_on_PostgreSQL() =>
        KillAsync(ProductStore.Postgres(), 0, 5);

    [PostgresFact(IsLong = true)]
    public Task A_killed_registry_is_replaced_and_the_run_ends_in_the_same_bytes_on_PostgreSQL() =>
        KillAsync(ProductStore.Postgres(), 1, 6);

    [PostgresFact]
    public Task A_job_of_a_killed_trainer_goes_on_elsewhere_where_nodes_share_no_folder() =>
        KillAsync(ProductStore.PostgresWithFiles(), 2, 7);

    [RealTimeFact]
    public async Task Twenty_kills_of_each_role_lose_nothing()
    {
        for (var seed = 0; seed < SeedsOfLongRuns; seed++)
        {
            foreach (var victim in (int[])[0, 1, 2])
            {
                await KillAsync(ProductStore.Sqlite(), victim, 100 + seed);
            }
        }
    }

    /// <param name="victim">Which of the nodes, from 0.</param>
    /// <param name="seed">Chooses the moment.</param>
    private async Task KillAsync(ProductStore store, int victim, int seed)
    {
        var expected = await TinyPipeline.DigestsAsync();
        await using var cluster = await ProductCluster.StartAsync(store, Roles);
        var history = cluster.History;
        var run = await cluster.SubmitAsync(TinyPipeline.Spec);
        var ended = cluster.Client.WaitAsync(run, history);
        var node = cluster.Nodes[victim];

        var hit = await AgentOnAsync(cluster, history, node, new Random(seed));
        var killed = Stopwatch.GetTimestamp();
        node.Kill();
        await cluster.UntilAsync(
            () => history.PlaceOf(hit.Job, hit.Attempt + 1) is not null, RunPatience, $"{hit.Job} runs again");
        var again = history.PlaceOf(hit.Job, hit.Attempt + 1)!;
        var summary = await ended.WaitAsync(RunPatience);

        Assert.Equal(RunStatus.Succeeded, summary.Status);
        Assert.Equal(expected, TinyPipeline.DigestsOf(summary));
        Assert.NotSame(node, cluster.NodeOf(again.Node));
        var took = Stopwatch.GetElapsedTime(killed, again.At);
        output.WriteLine(FormattableString.Invariant(
            $"{store.Name}, seed {seed}: {hit.Job} of node {node.Port} ran again after {took.TotalSeconds:F1} s"));
        Assert.True(took < ProductCluster.Times.Ttl + TimeSpan.FromSeconds(5), $"it ran again after {took}");
        AssertLittleIsRepeated(history, hit);
        await cluster.EndAsync();
    }

    /// <summary>Waits until an agent on the node has learned for longer than a checkpoint takes.</summary>
    private static async Task<JobAdvanced> AgentOnAsync(
        ProductCluster cluster, RunHistory history, ProductNode node, Random random)
    {
        var least = ProductCluster.CheckpointSteps + random.Next(3 * ProductCluster.CheckpointSteps);
        JobAdvanced? hit = null;
        await cluster.UntilAsync(
            () =>
            {
                hit = history.Working().FirstOrDefault(news => news.Progress.Phase == "ppo"
                    && news.Progress.Step >= least
                    && history.PlaceOf(news.Job, news.Attempt) is { } place
                    && cluster.NodeOf(place.Node) == node);
                return hit is not null;
            },
            StepPatience,
            $"an agent on node {node.Port} has done {least} steps");
        return hit!;
    }

    private void AssertLittleIsRepeated(RunHistory history, JobAdvanced hit)
    {
        var (done, repeated) = history.Repetition(hit.Job, hit.Attempt, "ppo");
        output.WriteLine(FormattableString.Invariant($"  {done} steps were done, {repeated} were repeated"));
        Assert.InRange(repeated, 0, ProductCluster.CheckpointSteps);
    }
}
