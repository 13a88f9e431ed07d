using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Membership;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Pattern;
using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;
using TrainingCluster.EngineTests.Simulation.Workload;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>One incarnation of a node: a production actor system with the workload on it.</summary>
internal sealed class SimNode
{
    private readonly SimWorld _world;
    private IActorRef _workers = ActorRefs.Nobody;

    public SimNode(SimWorld world, NodePlace place, int incarnation)
    {
        _world = world;
        Place = place;
        Host = new SimHost(world.Loop, $"{place.Name}.{incarnation}");
        Witness = new Witness(world, Host);
        Incarnation = incarnation;
    }

    public NodePlace Place { get; }

    public int Incarnation { get; }

    public SimHost Host { get; }

    public Witness Witness { get; }

    public ActorSystem? System { get; private set; }

    public ClusterNode Cluster => ClusterNode.Get(System!);

    public IActorRef Mediator => DistributedPubSub.Get(System!).Mediator;

    /// <summary>Runs as an event of the host.</summary>
    public void Start(IStores stores)
    {
        var clock = new SimClock(Host, Place.ClockRate, Place.CalendarOffset);
        var engine = new EngineSetup
        {
            Time = clock,
            Dispatcher = (id, _) => new SimDispatcher(id, Host),
            Stores = stores,
            Processes = new SimProcesses(_world, this),
            Random = new Random((int)_world.Seed + Place.Number + (Incarnation * 100)),
            Incarnation = _world.NextIncarnation(),
            Completions = TaskCreationOptions.None,
        };
        System = ActorSystem.Create("sim", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(SimConfig.For(Place)), engine));
        var cluster = ClusterNode.Get(System);
        Witness.Uid = cluster.SelfUniqueAddress.Uid;
        Witness.Right = cluster.ActingRight;
        cluster.Join(cluster.SelfAddress);
        _ = RunWorkload(System);
        System.RegisterOnTermination(() => _world.Ended(this));
    }

    private async Task RunWorkload(ActorSystem system)
    {
        system.ActorOf(Props.Create(() => new SimLogger(_world, Host.Name)), "logger");
        system.ActorOf(Props.Create(() => new Listener(Witness, Mediator)), "listener");
        system.ActorOf(Props.Create(() => new Talker(Witness)), "talker");
        system.ActorOf(
            ClusterSingletonManager.Props(
                // A persistent actor stops where it cannot write.
                BackoffSupervisor.Props(Backoff.OnStop(
                    Props.Create(() => new Ledger(Witness, () => _workers)),
                    "ledger",
                    TimeSpan.FromSeconds(1),
                    TimeSpan.FromSeconds(5),
                    randomFactor: 0.2,
                    maxNrOfRetries: -1)),
                PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system)),
            "ledger");
        var proxy = system.ActorOf(
            ClusterSingletonProxy.Props("/user/ledger", ClusterSingletonProxySettings.Create(system)), "proxy");
        system.ActorOf(Props.Create(() => new Client(Witness, proxy)), "client");
        var sharding = ClusterSharding.Get(system);
        _workers = await sharding.StartAsync(
            Worker.TypeName,
            id => Props.Create(() => new Worker(id, Witness)),
            ClusterShardingSettings.Create(system),
            Worker.Extractor);
    }

    public override string ToString() => Host.Name;
}

/// <summary>Where a node runs, whichever incarnation.</summary>
/// <param name="Number">From 1; the port.</param>
/// <param name="ClockRate">How fast its clock runs.</param>
/// <param name="CalendarOffset">How wrong its calendar is.</param>
internal sealed record NodePlace(int Number, double ClockRate, TimeSpan CalendarOffset)
{
    public string Name => $"n{Number}";
}

/// <summary>Each node has a host of its own, so none can know about the others' processes.</summary>
internal sealed class SimProcesses(SimWorld world, SimNode node) : IProcesses
{
    public ProcessIdentity Self { get; } = new(node.Place.Name, node.Incarnation, node.Incarnation);

    public bool IsDead(ProcessIdentity process) =>
        process.Host == Self.Host && world.IsDead(process.Host, process.Id);
}
