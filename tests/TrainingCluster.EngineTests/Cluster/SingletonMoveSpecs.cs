using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
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
        nodes[1].AwaitSees(nodes[0], MemberStatus.Exiting);
        Transcript.ExpectNothingMore();
        gate.Set();

        Transcript.Expect("a finishes", "a stopped", "b started");
        await left.WaitAsync(NodesHarness.Patience);
    }

    [Fact]
    public async Task A_request_to_an_earlier_incarnation_of_the_address_does_not_end_the_singleton()
    {
        var node = Nodes("a")[0];
        Transcript.Expect("a started");
        var manager = await node.System.ActorSelection("/user/manager").ResolveOne(NodesHarness.Patience);

        manager.Tell(new SingletonProtocol.HandOverToMe(node.Cluster.SelfUniqueAddress.Uid - 1));
        var path = await node.Proxy().Ask<string>("path?", NodesHarness.Patience);

        Assert.Equal("/user/manager/singleton", path);
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public void After_a_crash_the_singleton_starts_again_once_the_node_has_been_removed()
    {
        var nodes = ShortLivedNodes("a", "b");
        Transcript.Expect("a started");

        nodes[0].IsCut = true;

        // The lost node stops its own long before, without any message from outside.
        Transcript.Expect("a stopped", "b started");
        nodes[1].AwaitSees(nodes[0], null);
    }

    [Fact]
    public void Without_the_right_to_act_the_singleton_stops_and_it_starts_again_where_nobody_took_over()
    {
        var nodes = ShortLivedNodes("a", "b");
        Transcript.Expect("a started");

        nodes[0].IsCut = true;
        nodes[1].IsCut = true;
        Transcript.Expect("a stopped");
        nodes[0].IsCut = false;
        Transcript.Expect("a started");
        nodes[1].IsCut = false;

        nodes[1].AwaitSees(nodes[0], MemberStatus.Up);
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task After_a_crash_the_removal_margin_passes_first()
    {
        var a = _harness.Start("a", NodesHarness.ShortLease);
        var b = _harness.Start("b", NodesHarness.ShortLease);
        foreach (var node in (NodesHarness.Node[])[a, b])
        {
            var settings = ClusterSingletonManagerSettings.Create(node.System)
                .WithRemovalMargin(TimeSpan.FromSeconds(1));
            node.Singleton(TellingActor.Props(node.Name, Transcript), TellingActor.Finish, settings);
        }

        Transcript.Expect("a started");
        var removed = new TaskCompletionSource<long>();
        b.System.ActorOf(Props.Create(() => new RemovalClock(removed)));

        a.IsCut = true;

        Transcript.Expect("a stopped", "b started");
        var waited = Stopwatch.GetElapsedTime(await removed.Task);
        Assert.True(waited > TimeSpan.FromSeconds(0.9), $"It waited only {waited}.");
    }

    private List<NodesHarness.Node> Nodes(params string[] names) => [.. names.Select(name => StartNode(name, ""))];

    private List<NodesHarness.Node> ShortLivedNodes(params string[] names) =>
        [.. names.Select(name => StartNode(name, NodesHarness.ShortLease))];

    private NodesHarness.Node StartNode(string name, string config)
    {
        var node = _harness.Start(name, config);
        node.Singleton(TellingActor.Props(name, Transcript), TellingActor.Finish);
        return node;
    }

    private sealed class RemovalClock : UntypedActor
    {
        private readonly TaskCompletionSource<long> _removed;

        public RemovalClock(TaskCompletionSource<long> removed)
        {
            _removed = removed;
            Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.MemberRemoved));
        }

        protected override void OnReceive(object message)
        {
            if (message is ClusterEvent.MemberRemoved)
            {
                _removed.TrySetResult(Stopwatch.GetTimestamp());
            }
        }
    }
}
