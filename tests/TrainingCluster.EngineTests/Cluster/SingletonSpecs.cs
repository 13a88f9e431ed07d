using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using TrainingCluster.EngineTests.Persistence;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class SingletonSpecs : IDisposable
{
    private readonly ClusterHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void The_singleton_starts_when_its_node_is_up_and_gets_what_the_proxy_kept()
    {
        var system = _harness.Start();
        var proxy = ClusterHarness.Proxy(system);
        ClusterHarness.Singleton(system, TellingActor.Props("one", Transcript), TellingActor.Finish);
        proxy.Tell("early");

        ClusterHarness.Join(system);
        Transcript.Expect("one started", "one got early");
        proxy.Tell("later");

        Transcript.Expect("one got later");
    }

    [Fact]
    public async Task The_singleton_is_the_child_of_its_manager()
    {
        var system = _harness.StartJoined();
        ClusterHarness.Singleton(system, TellingActor.Props("one", Transcript), PoisonPill.Instance);

        var path = await ClusterHarness.Proxy(system).Ask<string>("path?", ClusterHarness.Patience);

        Assert.Equal("/user/manager/singleton", path);
    }

    [Fact]
    public void Leaving_gives_the_singleton_its_termination_message_and_waits_for_its_end()
    {
        var system = _harness.StartJoined();
        var manager = ClusterHarness.Singleton(
            system, TellingActor.Props("one", Transcript), TellingActor.Finish);
        var proxy = ClusterHarness.Proxy(system);
        using var gate = new ManualResetEventSlim();
        proxy.Tell(gate);
        Transcript.Expect("one started", "one waits");
        var cluster = ClusterNode.Get(system);
        cluster.RegisterOnMemberRemoved(() => Transcript.Add("removed"));

        cluster.Leave(cluster.SelfAddress);
        Thread.Sleep(100);
        Transcript.ExpectNothingMore();
        gate.Set();

        Transcript.Expect("one finishes", "one stopped", "removed");
        Assert.NotNull(manager);
    }

    [Fact]
    public void A_full_buffer_drops_the_oldest_messages()
    {
        var system = _harness.Start();
        var proxy = ClusterHarness.Proxy(system, bufferSize: 2);
        ClusterHarness.Singleton(system, TellingActor.Props("one", Transcript), PoisonPill.Instance);
        foreach (var number in Enumerable.Range(1, 4))
        {
            proxy.Tell(number);
        }

        ClusterHarness.Join(system);

        Transcript.Expect("one started", "one got 3", "one got 4");
    }

    [Fact]
    public async Task A_manager_on_a_node_without_the_role_is_refused()
    {
        var system = _harness.StartJoined();
        var settings = ClusterSingletonManagerSettings.Create(system).WithRole("coordinator");

        var manager = system.ActorOf(ClusterSingletonManager.Props(
            TellingActor.Props("one", Transcript), PoisonPill.Instance, settings));

        Assert.True(await manager.GracefulStop(ClusterHarness.Patience));
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public void A_singleton_whose_node_is_not_the_oldest_of_its_role_waits()
    {
        var system = _harness.Start("akka.cluster.min-nr-of-members = 2");
        ClusterHarness.Singleton(system, TellingActor.Props("one", Transcript), PoisonPill.Instance);
        var cluster = ClusterNode.Get(system);

        cluster.Join(cluster.SelfAddress);

        Thread.Sleep(100);
        Transcript.ExpectNothingMore();
    }
}
