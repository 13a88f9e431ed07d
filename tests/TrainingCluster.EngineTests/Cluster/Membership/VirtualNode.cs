using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Event;
using TrainingCluster.EngineTests.Simulation.Model;
using TrainingCluster.EngineTests.Simulation.Time;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster.Membership;

internal sealed record VirtualNodeOptions
{
    public string SystemName { get; init; } = "node";

    public string More { get; init; } = "";

    /// <summary>How fast its clock runs.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How wrong its calendar is.</summary>
    public TimeSpan Calendar { get; init; }

    public IProcesses Processes { get; init; } = new KnownProcesses();
}

/// <summary>An actor system in virtual time, and what it said.</summary>
internal sealed class VirtualNode
{
    public VirtualNode(VirtualCluster world, int port, int incarnation, VirtualNodeOptions options)
    {
        Port = port;
        Host = new SimHost(world.Loop, $"n{incarnation}");
        Stores = world.Store.Connect(Host);
        System = ActorSystem.Create(options.SystemName, ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(Settings(port, options.More)),
            new EngineSetup
            {
                Time = new SimClock(Host, options.Rate, options.Calendar),
                Dispatcher = (id, _) => new SimDispatcher(id, Host),
                Stores = Stores,
                Random = new Random(incarnation),
                Incarnation = (ulong)incarnation,
                Completions = TaskCreationOptions.None,
                Processes = options.Processes,
            }));
        System.EventStream.Subscribe(Listen(Log), typeof(LogEvent));
        Cluster = ClusterNode.Get(System);
        Cluster.Subscribe(Listen(Events), typeof(ClusterEvent.IClusterDomainEvent));
    }

    public int Port { get; }

    public SimHost Host { get; }

    public SimStores Stores { get; }

    public ActorSystem System { get; }

    public ClusterNode Cluster { get; }

    /// <summary>What was published, in words: <c>MemberUp 2</c> is about the node with port 2.</summary>
    public List<string> Events { get; } = [];

    public List<string> Log { get; } = [];

    public bool MayAct => Cluster.ActingRight.MayAct;

    public MemberStatus Status => Cluster.SelfMember.Status;

    public CoordinatedShutdown.Reason? ShutdownReason => CoordinatedShutdown.Get(System).ShutdownReason;

    public void Join() => Cluster.Join(Cluster.SelfAddress);

    /// <summary>How many members of the status it knows.</summary>
    public int Sees(MemberStatus status) => Cluster.State.Members.Count(member => member.Status == status);

    public bool Sees(VirtualNode other, MemberStatus status) => Cluster.State.Members.Any(
        member => member.UniqueAddress == other.Cluster.SelfUniqueAddress && member.Status == status);

    public bool Knows(VirtualNode other) => Cluster.State.Members.Any(
        member => member.UniqueAddress == other.Cluster.SelfUniqueAddress);

    /// <summary>Below /system, where it hears of more of the end.</summary>
    private IActorRef Listen(List<string> lines) =>
        ((ExtendedActorSystem)System).SystemActorOf(Props.Create(() => new Listener(lines)));

    private static Config Settings(int port, string more) => ConfigurationFactory.ParseString(more).WithFallback(
        ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = INFO, stdout-loglevel = OFF, loggers = [], log-dead-letters = off
              actor.provider = cluster
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
            }
            """));

    private sealed class Listener(List<string> lines) : UntypedActor
    {
        protected override void OnReceive(object message) => lines.Add(message switch
        {
            LogEvent entry => $"{entry.LogLevel()} {entry.Message}",
            ClusterEvent.IMemberEvent change => $"{change.GetType().Name} {change.Member.Address.Port}",
            ClusterEvent.IReachabilityEvent change => $"{change.GetType().Name} {change.Member.Address.Port}",
            ClusterEvent.LeaderChanged change => $"LeaderChanged {change.Leader?.Port}",
            ClusterEvent.RoleLeaderChanged change => $"RoleLeaderChanged {change.Role} {change.Leader?.Port}",
            ClusterEvent.ActingRightChanged change => $"ActingRightChanged {change.IsHeld}",
            ClusterEvent.CurrentClusterState state => $"CurrentClusterState of {state.Members.Count}",
            _ => message.GetType().Name,
        });
    }
}

/// <summary>Each node has a process of its own on one host; the dead ones are listed.</summary>
internal sealed class KnownProcesses(int id = 1, params int[] dead) : IProcesses
{
    public ProcessIdentity Self { get; } = new("host", id, Started: 1);

    public bool IsDead(ProcessIdentity process) => process.Host == "host" && dead.Contains(process.Id);
}
