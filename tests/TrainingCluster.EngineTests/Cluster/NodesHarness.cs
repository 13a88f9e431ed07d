using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using TrainingCluster.EngineTests.Persistence;
using TrainingCluster.EngineTests.Simulation.Model;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster;

/// <summary>Several nodes in one process, on a store in memory of their own.</summary>
public sealed class NodesHarness : IDisposable
{
    /// <summary>A lost node is removed soon; a machine that is busy with other tests is not yet too slow.</summary>
    public const string ShortLease =
        """
        akka-slim.lease {
          ttl = 4s, renew-interval = 200ms, margin = 1500ms, unreachable-after = 1s, timeout = 1s
        }
        """;

    private readonly SerialStore _store = new();
    private readonly List<Node> _nodes = [];

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public Transcript Transcript { get; } = new();

    /// <summary>Starts a node and waits until it is up, so that the order of calls is the order of age.</summary>
    public Node Start(string name, string more = "")
    {
        var config = ConfigurationFactory.ParseString(more).WithFallback(ConfigurationFactory.ParseString(
            $$"""
            akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster }
            akka.cluster.roles = [worker]
            akka.cluster.singleton.hand-over-retry-interval = 100ms
            akka.cluster.singleton-proxy.singleton-identification-interval = 50ms
            akka.cluster.sharding { retry-interval = 100ms, rebalance-interval = 1h }
            akka-slim.lease.renew-interval = 200ms
            """));
        var stores = _store.Connect();
        var system = ActorSystem.Create("nodes", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config), new EngineSetup { Stores = stores }));
        var node = new Node(name, system, stores);
        _nodes.Add(node);
        Assert.True(node.Cluster.JoinAsync(node.Cluster.SelfAddress).Wait(Patience), $"{name} did not come up.");
        return node;
    }

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            node.Stores.IsCut = false;
        }

        Task.WaitAll([.. _nodes.Select(node => node.System.Terminate())], TimeSpan.FromSeconds(60));
        Transcript.Dispose();
    }

    /// <summary>A node of the cluster.</summary>
    public sealed class Node
    {
        internal Node(string name, ActorSystem system, SerialStores stores)
        {
            Name = name;
            System = system;
            Stores = stores;
            Cluster = ClusterNode.Get(system);
        }

        public string Name { get; }

        public ActorSystem System { get; }

        public ClusterNode Cluster { get; }

        /// <summary>While set, the node cannot reach the store.</summary>
        public bool IsCut
        {
            set => Stores.IsCut = value;
        }

        internal SerialStores Stores { get; }

        public IActorRef Singleton(Props props, object termination, ClusterSingletonManagerSettings? settings = null) =>
            System.ActorOf(
                ClusterSingletonManager.Props(
                    props, termination, settings ?? ClusterSingletonManagerSettings.Create(System)),
                "manager");

        public IActorRef Proxy() => System.ActorOf(ClusterSingletonProxy.Props(
            "/user/manager", ClusterSingletonProxySettings.Create(System)));

        /// <summary>A region of telling actors; the shard of an entity is the first letter of its id.</summary>
        public IActorRef Region(Transcript transcript, RegionOptions? options = null)
        {
            options ??= new RegionOptions();
            return ClusterSharding.Get(System).Start(
                "telling",
                id => TellingActor.Props($"{Name}/{id}", transcript, options.Gate),
                ClusterShardingSettings.Create(System).WithRole("worker"),
                options.Extractor,
                options.Allocation,
                options.StopMessage);
        }

        /// <summary>Waits until this node sees another in a state; null = not at all.</summary>
        public void AwaitSees(Node other, MemberStatus? status) => Assert.True(
            SpinWait.SpinUntil(
                () => Cluster.State.Members.FirstOrDefault(
                    member => member.UniqueAddress == other.Cluster.SelfUniqueAddress)?.Status == status,
                Patience),
            $"{Name} does not see {other.Name} {status}.");
    }

    public sealed record RegionOptions
    {
        public ManualResetEventSlim? Gate { get; init; }

        public IMessageExtractor Extractor { get; init; } = new FirstLetterExtractor();

        public IShardAllocationStrategy Allocation { get; init; } =
            ShardAllocationStrategy.LeastShardAllocationStrategy(0, 1);

        public object StopMessage { get; init; } = TellingActor.Finish;
    }

    /// <summary>Entity "x1" is in shard "x".</summary>
    public sealed class FirstLetterExtractor : IMessageExtractor
    {
        public string? EntityId(object message) => null;

        public object? EntityMessage(object message) => message;

        public string? ShardId(object message) => null;

        public string ShardId(string entityId, object? messageHint = null) => entityId[..1];
    }
}
