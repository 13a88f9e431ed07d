using TrainingCluster.Cluster.Runs;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.Testing.Machine;

namespace TrainingCluster.FaultTests.Product;

/// <summary>The program <c>pbm</c> against three processes of the product that train.</summary>
[Collection(FaultCollection.Name)]
public sealed class PbmSpecs
{
    private const string Bound = "petabridge.cmd host bound to [";

    // Beside the tests' own folder, as the product's nodes.
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Petabridge.Cmd.Slim.Client",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "pbm.dll");

    private static readonly string[] Roles =
        ["coordinator,registry,trainer", "coordinator,registry,trainer", "coordinator,registry,trainer"];

    private static readonly TimeSpan StepPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RunPatience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Three_nodes_are_shown_one_is_drained_one_is_made_to_leave_and_the_run_ends_in_the_same_bytes()
    {
        var expected = await TinyPipeline.DigestsAsync();
        await using var cluster = await ProductCluster.StartAsync(
            ProductStore.Sqlite(), Roles, "\ntraining.pbm.port = 0\n");
        var (first, second, third) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        var run = await cluster.SubmitAsync(TinyPipeline.Spec);
        var ended = cluster.Client.WaitAsync(run, cluster.History);

        var members = Ask(first, "cluster", "show").Split('\n');
        foreach (var node in cluster.Nodes)
        {
            Assert.Contains(members, line => line.StartsWith(
                $"{node.Address} | [coordinator, registry, trainer] | up |", StringComparison.Ordinal));
            Assert.StartsWith($"{node.Address} | ", Ask(node, "cluster", "status"));
            Assert.Equal("akka://training", Ask(node, "actor", "system"));
        }

        // The test's own process is a member without roles.
        Assert.Equal("Count: 4 nodes", members[^1]);
        Assert.StartsWith("akka.tcp://training@127.0.0.1:", Ask(first, "cluster", "leader"));
        Assert.EndsWith("Count: 3 nodes", Ask(second, "node", "slots"));
        Assert.StartsWith($"{run} | ", Ask(third, "training", "runs"));
        Assert.EndsWith("Count: 10 jobs", Ask(third, "training", "jobs", "-r", run.Text));
        Assert.Contains(" | shards: ", Ask(first, "cluster-sharding", "region-stats", "-r", "strategy-trainer"));
        Assert.Contains("/user/node-agent", Ask(first, "actor", "hierarchy"));

        await RunsOnAsync(cluster, run, third.Address, true);
        Assert.Contains("is drained", Ask(third, "training", "drain"));
        await RunsOnAsync(cluster, run, third.Address, false);

        await RunsOnAsync(cluster, run, second.Address, true);
        Assert.Equal($"{second.Address} leaves", Ask(first, "cluster", "leave", "-a", second.Address));
        await cluster.UntilAsync(() => second.HasExited, StepPatience, "the node that was made to leave has ended");

        var summary = await ended.WaitAsync(RunPatience);
        Assert.Equal(RunStatus.Succeeded, summary.Status);
        Assert.Equal(expected, TinyPipeline.DigestsOf(summary));
        Assert.All(summary.Jobs, job => Assert.Equal(0, job.Failures));
        Assert.EndsWith("Count: 10 versions", Ask(third, "registry", "list"));
        Assert.EndsWith("files are what was registered", Ask(first, "registry", "verify"));
        Assert.EndsWith("Count: 3 nodes", Ask(first, "cluster", "show"));
        await cluster.EndAsync();
    }

    private static Task RunsOnAsync(ProductCluster cluster, RunId run, string address, bool isSo) => cluster.UntilAsync(
        async () => (await cluster.Client.GetAsync(run)).Jobs.Any(job =>
            job.Node?.StartsWith(address + "#", StringComparison.Ordinal) ?? false) == isSo,
        StepPatience,
        $"{(isSo ? "a" : "no")} job runs on {address}");

    private static string Ask(ProductNode node, params string[] words)
    {
        var line = node.Output.Last(text => text.Contains(Bound, StringComparison.Ordinal));
        var address = line[(line.IndexOf(Bound, StringComparison.Ordinal) + Bound.Length)..].Split(']')[0];
        var (code, output, error) = Shell.Try(["dotnet", Program, "--timeout", "90s", address, .. words]);
        Assert.True(code == 0, $"{string.Join(' ', words)}: {code} {error}");
        return output.TrimEnd('\n');
    }
}
