using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using TrainingCluster.EngineTests.Persistence;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class ClusterSpecs : IDisposable
{
    private readonly ClusterHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_node_goes_from_joining_to_removed_through_every_state_in_order()
    {
        var system = _harness.Start();
        var cluster = ClusterNode.Get(system);
        cluster.Subscribe(system.ActorOf(Props.Create(() =>
            new Listener(Transcript))), typeof(ClusterEvent.IMemberEvent));
        Transcript.Expect("CurrentClusterState of 0");

        ClusterHarness.Join(system);
        Transcript.Expect("MemberJoined", "MemberUp");
        Assert.Equal(MemberStatus.Up, cluster.SelfMember.Status);
        var allHeard = new TaskCompletionSource<Done>();
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "all was heard", () => allHeard.Task);
        var left = cluster.LeaveAsync();

        Transcript.Expect("MemberLeft", "MemberExited", "MemberRemoved");
        allHeard.SetResult(Done.Instance);
        await left.WaitAsync(ClusterHarness.Patience);
        await system.WhenTerminated.WaitAsync(ClusterHarness.Patience);
        Assert.True(cluster.IsTerminated);
        Assert.Equal(MemberStatus.Removed, cluster.SelfMember.Status);
    }

    [Fact]
    public void A_late_subscriber_gets_the_present_state_first()
    {
        var system = _harness.StartJoined();
        var cluster = ClusterNode.Get(system);

        cluster.Subscribe(
            system.ActorOf(Props.Create(() =>
                new Listener(Transcript))), typeof(ClusterEvent.IClusterDomainEvent));
        Transcript.Expect("CurrentClusterState of 1");
        cluster.Subscribe(
            system.ActorOf(Props.Create(() => new Listener(Transcript))),
            ClusterEvent.InitialStateAsEvents,
            typeof(ClusterEvent.MemberUp),
            typeof(ClusterEvent.LeaderChanged));

        Transcript.Expect("MemberUp", "LeaderChanged");
        Assert.Equal(cluster.SelfAddress, cluster.State.Leader);
        Assert.Equal(cluster.SelfAddress, cluster.State.RoleLeader("worker"));
    }

    [Fact]
    public void Too_few_members_keep_a_node_joining()
    {
        var system = _harness.Start("akka.cluster.min-nr-of-members = 2");
        var cluster = ClusterNode.Get(system);

        cluster.Join(cluster.SelfAddress);

        Assert.Equal(MemberStatus.Joining, AwaitStatus(cluster, MemberStatus.Joining));
    }

    [Fact]
    public void Callbacks_run_once_when_the_node_is_up_and_when_it_is_removed()
    {
        var system = _harness.Start();
        var cluster = ClusterNode.Get(system);
        cluster.RegisterOnMemberUp(() => Transcript.Add("up"));
        cluster.RegisterOnMemberRemoved(() => Transcript.Add("removed"));

        ClusterHarness.Join(system);
        Transcript.Expect("up");
        cluster.RegisterOnMemberUp(() => Transcript.Add("up already"));
        Transcript.Expect("up already");
        cluster.Leave(cluster.SelfAddress);

        Transcript.Expect("removed");
    }

    [Fact]
    public async Task Terminating_the_system_leaves_the_cluster_first()
    {
        var system = _harness.StartJoined();
        var cluster = ClusterNode.Get(system);
        cluster.RegisterOnMemberRemoved(() => Transcript.Add("removed"));

        await system.Terminate().WaitAsync(ClusterHarness.Patience);

        Transcript.Expect("removed");
    }

    [Fact]
    public void A_node_that_is_among_the_seeds_joins_by_itself()
    {
        var system = _harness.Start(
            """
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 4711 }
            akka.cluster.seed-nodes = ["akka.tcp://node@127.0.0.1:4711"]
            """);

        Assert.Equal(MemberStatus.Up, AwaitStatus(ClusterNode.Get(system), MemberStatus.Up));
    }

    [Fact]
    public void Joining_another_node_is_refused_with_what_is_possible()
    {
        var cluster = ClusterNode.Get(_harness.Start());

        var error = Assert.Throws<NotSupportedException>(
            () => cluster.Join(Address.Parse("akka.tcp://node@elsewhere:1")));

        Assert.Contains("only a cluster of one", error.Message);
    }

    [Fact]
    public void A_system_that_is_not_configured_for_a_cluster_has_none()
    {
        var system = _harness.Start("akka.actor.provider = local");

        var error = Assert.Throws<ConfigurationException>(() => ClusterNode.Get(system));

        Assert.StartsWith("akka.actor.provider is \"local\"", error.Message);
    }

    private static MemberStatus AwaitStatus(ClusterNode cluster, MemberStatus status)
    {
        SpinWait.SpinUntil(() => cluster.SelfMember.Status == status, ClusterHarness.Patience);
        return cluster.SelfMember.Status;
    }

    private sealed class Listener(Transcript transcript) : UntypedActor
    {
        protected override void OnReceive(object message) =>
            transcript.Add(message is ClusterEvent.CurrentClusterState state
                ? $"CurrentClusterState of {state.Members.Count}"
                : message.GetType().Name);
    }
}
