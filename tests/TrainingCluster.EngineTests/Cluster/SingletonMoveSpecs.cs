using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using TrainingCluster.EngineTests.Persistence;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class SingletonMoveSpecs : IDisposable
{
    private readonly NodesHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task The_oldest_node_runs_the_singleton_and_all_nodes_reach_it()
    {
        var nodes = Nodes("a", "b", "c");

        Transcript.Expect("a started");
        foreach (var node in nodes)
        {
            Assert.Equal(
                "/user/manager/singleton", await node.Proxy().Ask<string>("path?", NodesHarness.Patience));
        }

        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task The_next_oldest_starts_the_singleton_only_when_the_former_has_finished_its_own()
    {
        var nodes = Nodes("a", "b", "c");
        Transcript.Expect("a started");
        using var gate = new ManualResetEventSlim();
        nodes[0].Proxy().Tell(gate);
        Transcript.Expect("a waits");

        var left = nodes[0].Cluster.LeaveAsync();
        nodes[1].AwaitSees(nodes[0], Akka.Cluster.MemberStatus.Exiting);
        Transcript.ExpectNothingMore();
        gate.Set();

        Transcript.Expect("a finishes", "a stopped", "b started");
        await left.WaitAsync(NodesHarness.Patience);
    }

    private List<NodesHarness.Node> Nodes(params string[] names) => [.. names.Select(name =>
    {
        var node = _harness.Start(name);
        node.Singleton(TellingActor.Props(name, Transcript), TellingActor.Finish);
        return node;
    })];
}
