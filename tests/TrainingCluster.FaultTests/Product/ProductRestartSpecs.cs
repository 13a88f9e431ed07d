using System.Diagnostics;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Product;

/// <summary>Each of three nodes is told to stop while it trains, and started again.</summary>
[Collection(FaultCollection.Name)]
public sealed class ProductRestartSpecs(ITestOutputHelper output)
{
    private const string Phase = "ppo";

    /// <summary>What the product promises.</summary>
    private static readonly TimeSpan OrderlyEnd = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public Task A_rolling_restart_during_a_run_repeats_nothing_on_SQLite() => RestartAllAsync(ProductStore.Sqlite());

    [PostgresFact(IsLong = true)]
    public Task A_rolling_restart_during_a_run_repeats_nothing_on_PostgreSQL() =>
        RestartAllAsync(ProductStore.Postgres());

    private async Task RestartAllAsync(ProductStore store)
    {
        const string all = "coordinator,trainer,registry";
        var expected = await TinyPipeline.DigestsAsync();
        await using var cluster = await ProductCluster.StartAsync(store, [all, all, all]);
        var history = cluster.History;
        var run = await cluster.SubmitAsync(TinyPipeline.Spec);
        var ended = cluster.Client.WaitAsync(run, history);
        await cluster.UntilAsync(
            () => history.Working().Any(news => news.Progress.Phase == Phase), Patience, "an agent learns");

        // The newest first: the singletons then move once, with the last.
        foreach (var node in cluster.Nodes.Reverse())
        {
            var asked = Stopwatch.GetTimestamp();
            node.Terminate();
            await node.ExitedAsync(OrderlyEnd);
            output.WriteLine(FormattableString.Invariant(
                $"{store.Name}: node {node.Port} was out after {Stopwatch.GetElapsedTime(asked).TotalSeconds:F1} s"));
            Assert.Equal(0, node.ExitCode);
            node.Start();
            await cluster.UntilAsync(() => node.IsUp, Patience, $"node {node.Port} is back");
        }

        var summary = await ended.WaitAsync(Patience);

        Assert.Equal(RunStatus.Succeeded, summary.Status);
        Assert.Equal(expected, TinyPipeline.DigestsOf(summary));
        Assert.All(summary.Jobs, job => Assert.Equal(0, job.Failures));
        var moved = history.MovedWithin(Phase);
        Assert.NotEmpty(moved);
        foreach (var (job, attempt) in moved)
        {
            var (done, repeated) = history.Repetition(job, attempt, Phase);
            output.WriteLine(FormattableString.Invariant($"  {job}: {done} steps done, {repeated} repeated"));
            Assert.Equal(0, repeated);
        }

        await cluster.EndAsync();
    }
}
