using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Pbm;

/// <summary>Three nodes on one store: what pbm shows of them, and how it moves their work.</summary>
public sealed class ThreeNodeSpecs
{
    [Fact]
    public async Task The_members_are_shown_and_one_that_is_made_to_leave_gives_its_job_away()
    {
        var gate = new Gate("cnn_lstm/atr_breakout");
        var runner = new FakeRunner(gate.PassAsync);
        await using var nodes = new PbmNodes(runner);
        var (first, run) = await StartAsync(nodes, gate);

        var lines = (await PbmNodes.RunAsync(first, "cluster", "show")).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.Matches(
            @"^akka\.tcp://training@127\.0\.0\.1:255\d \| \[.*\] \| up \|  \| \S+$", line));
        Assert.Equal("Count: 3 nodes", lines[3]);
        Assert.Contains("strategy-trainer", await PbmNodes.RunAsync(nodes.Nodes[1], "cluster-sharding", "list-regions"));

        var holder = await HolderAsync(first, run);
        var left = nodes.Nodes.Single(node => node.Name == holder);
        Assert.Equal(2, (await PbmNodes.RunAsync(
            left, "cluster-sharding", "region-stats", "-r", "strategy-trainer")).Split('\n').Length);
        var address = Akka.Cluster.Cluster.Get(left.System).SelfAddress;
        Assert.Equal($"{address} leaves", await PbmNodes.RunAsync(first, "cluster", "leave", "-a", address.ToString()));

        Assert.Equal(NodeEnd.Left, await left.Ended.Within("the node to leave"));
        await PbmNodes.AwaitAsync(async () => await HolderAsync(first, run) is { } now && now != holder);
        gate.Open();
        Assert.Equal(RunStatus.Succeeded, (await first.Client.WaitAsync(run).Within("the run to end")).Status);
        Assert.EndsWith("Count: 2 nodes", await PbmNodes.RunAsync(first, "cluster", "show"));
    }

    [Fact]
    public async Task A_node_that_is_drained_stays_a_member_and_its_job_runs_elsewhere()
    {
        var gate = new Gate("cnn_lstm/atr_breakout");
        await using var nodes = new PbmNodes(new FakeRunner(gate.PassAsync));
        var (first, run) = await StartAsync(nodes, gate);
        var holder = await HolderAsync(first, run);
        var drained = nodes.Nodes.Single(node => node.Name == holder);

        Assert.StartsWith($"{holder} is drained", await PbmNodes.RunAsync(drained, "training", "drain"));

        await PbmNodes.AwaitAsync(async () => await HolderAsync(first, run) is { } now && now != holder);
        gate.Open();
        var ended = await first.Client.WaitAsync(run).Within("the run to end");
        Assert.Equal(RunStatus.Succeeded, ended.Status);
        Assert.Equal(0, ended.Jobs[0].Failures);
        Assert.EndsWith("Count: 3 nodes", await PbmNodes.RunAsync(first, "cluster", "show"));
        Assert.Equal("error", (await PbmNodes.AnswerAsync(first, "training", "drain")).Outcome);
    }

    /// <summary>A node that only coordinates, and two that train; a run whose one job is held up.</summary>
    private static async Task<(ClusterNode First, RunId Run)> StartAsync(PbmNodes nodes, Gate gate)
    {
        var first = await nodes.StartAsync(Roles.Coordinator, Roles.Registry);
        await nodes.StartAsync(Roles.Trainer);
        await nodes.StartAsync(Roles.Trainer);
        await PbmNodes.AwaitAsync(async () => (await first.Client.NodesAsync()).Length == 2);
        var run = await nodes.SubmitAsync(Market.Encoders("atr_breakout"));
        await gate.Reached.Within("the job to start");
        return (first, run);
    }

    private static async Task<string?> HolderAsync(ClusterNode node, RunId run) =>
        (await node.Client.GetAsync(run)).Jobs.Single().Node;
}
