using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using TrainingCluster.EngineTests.Persistence;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster;

/// <summary>One node that is, or is not yet, a cluster of one.</summary>
public sealed class ClusterHarness : IDisposable
{
    private readonly List<ActorSystem> _systems = [];

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    public Transcript Transcript { get; } = new();

    public ActorSystem Start(string more = "")
    {
        var system = ActorSystem.Create("node", ConfigurationFactory.ParseString(more).WithFallback(
            ConfigurationFactory.ParseString(
                """
                akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster }
                akka.cluster.roles = [worker]
                akka.cluster.singleton-proxy.singleton-identification-interval = 50ms
                akka.cluster.sharding.retry-interval = 50ms
                """)));
        _systems.Add(system);
        return system;
    }

    public ActorSystem StartJoined(string more = "")
    {
        var system = Start(more);
        Join(system);
        return system;
    }

    public static void Join(ActorSystem system)
    {
        var cluster = ClusterNode.Get(system);
        Assert.True(cluster.JoinAsync(cluster.SelfAddress).Wait(Patience), "The node did not come up.");
    }

    public static IActorRef Singleton(ActorSystem system, Props props, object termination) =>
        system.ActorOf(
            ClusterSingletonManager.Props(props, termination, ClusterSingletonManagerSettings.Create(system)),
            "manager");

    public static IActorRef Proxy(ActorSystem system, int bufferSize = 1000) =>
        system.ActorOf(ClusterSingletonProxy.Props(
            "/user/manager", ClusterSingletonProxySettings.Create(system).WithBufferSize(bufferSize)));

    public void Dispose()
    {
        foreach (var system in _systems)
        {
            system.Terminate().Wait(TimeSpan.FromSeconds(20));
        }

        Transcript.Dispose();
    }
}
