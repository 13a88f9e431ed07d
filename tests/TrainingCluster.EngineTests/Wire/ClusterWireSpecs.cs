using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using TrainingCluster.EngineTests.Simulation.Model;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>The wire under a real membership.</summary>
public sealed class ClusterWireSpecs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SerialStore _store = new();
    private readonly List<ActorSystem> _systems = [];

    public void Dispose() => Task.WaitAll([.. _systems.Select(system => system.Terminate())], Patience);

    [Fact]
    public async Task Members_talk_to_each_other_and_learn_of_each_others_end()
    {
        var here = new TestKit(await Start(1));
        var there = await Start(2);
        var echo = await Select(here, there).ResolveOne(Patience);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
        here.Watch(echo);

        await there.Terminate().WaitAsync(Patience);
        here.ExpectTerminated(echo, Patience);
        var again = await Start(2);

        var next = await Select(here, again).ResolveOne(Patience);
        Assert.Equal("again", await next.Ask<string>("again", Patience));
        Assert.Equal(echo.Path, next.Path);
        Assert.NotEqual(echo, next);
    }

    private static ActorSelection Select(TestKit from, ActorSystem there) =>
        from.ActorSelection($"{ClusterNode.Get(there).SelfAddress}/user/echo");

    private async Task<ActorSystem> Start(int port)
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster }
            akka.remote.dot-netty.tcp { hostname = localhost, port = {{port}} }
            akka-slim.lease.renew-interval = 200ms
            """);
        var system = ActorSystem.Create("test", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config), new EngineSetup { Stores = _store.Connect() }));
        _systems.Add(system);
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        var cluster = ClusterNode.Get(system);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        return system;
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
