using Akka;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Pattern;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Workers;
using TrainingCluster.Cluster.Workers.Processes;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>What the actors of a node are made of.</summary>
/// <param name="Incarnation">Of this process; another one at each start.</param>
/// <param name="RegistryViewPath">Of <c>registry.json</c>; null writes no view.</param>
internal sealed record NodeSetup(
    string Incarnation,
    IJobRunner Runner,
    IArtifactStore Artifacts,
    ICheckpointStore Checkpoints,
    string? RegistryViewPath,
    TimeProvider Clock,
    TrainingOptions Options)
{
    /// <summary>Where processes without a cluster leave trials; null: nowhere.</summary>
    public TrialInbox? Trials { get; init; }

    /// <summary>Where jobs are kept that could not be done; null: nowhere.</summary>
    public string? QuarantinePath { get; init; }

    /// <summary>What the node has beside its processors.</summary>
    public ImmutableArray<string> Devices { get; init; } = [];

    /// <summary>Who runs jobs in processes of their own; null: they run on threads.</summary>
    public ChildWorkers? Children { get; init; }
}

/// <summary>
/// The actors of one node, by its roles: the managers of the two singletons, the region of the trainers and the
/// node's agent. More nodes are more of these, not other ones.
/// </summary>
internal static class NodeActors
{
    /// <summary>Of both singletons below their managers.</summary>
    public const string SingletonName = "singleton";

    /// <summary>Of the agent, below <c>/user</c>.</summary>
    public const string AgentName = "node-agent";

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(12);

    /// <summary>To be called once the node is up.</summary>
    public static void Start(ActorSystem system, NodeSetup setup)
    {
        var roles = Akka.Cluster.Cluster.Get(system).SelfRoles;
        var news = DistributedPubSub.Get(system).Mediator;
        var isTrainer = roles.Contains(Roles.Trainer);
        var trainers = isTrainer
            ? StartTrainer(system, setup, news)
            : TrainerRegion.StartProxy(system, setup.Options.NumberOfShards);
        if (roles.Contains(Roles.Coordinator))
        {
            Singleton(system, "coordinator", Roles.Coordinator, RunCoordinator.Props(new CoordinatorTools(
                setup.Incarnation, trainers, news, setup.Clock, setup.Options)
            {
                Quarantine = setup.QuarantinePath is { } path ? new Quarantine(path, setup.Checkpoints) : null,
            }));
        }

        if (roles.Contains(Roles.Registry))
        {
            Singleton(system, "registry", Roles.Registry, RegistryActor.Props(
                setup.Artifacts, setup.RegistryViewPath, setup.Trials));
        }
    }

    /// <returns>The region of the trainers.</returns>
    private static IActorRef StartTrainer(ActorSystem system, NodeSetup setup, IActorRef news)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var coordinator = Proxy(system, "coordinator", Roles.Coordinator);
        var registry = Proxy(system, "registry", Roles.Registry);
        var region = TrainerRegion.Start(
            system, new TrainerTools(coordinator, registry, setup.Clock, setup.Options));
        var workers = new WorkerTools(
            setup.Runner,
            setup.Artifacts,
            setup.Checkpoints,
            setup.Clock,
            setup.Options,
            (attempt, progress) => news.Tell(
                new Publish(RunNews.Topic, new JobAdvanced(attempt.Run, progress, attempt.Number)),
                ActorRefs.NoSender))
        {
            Children = setup.Children,
            Devices = setup.Devices,
        };
        var agent = system.ActorOf(
            NodeAgent.Props(
                NodeNames.Of(cluster.SelfUniqueAddress),
                $"{cluster.SelfAddress}/user/{AgentName}",
                coordinator,
                workers),
            AgentName);
        DrainBeforeLeaving(system, agent);
        return region;
    }

    // A journal that fails stops its actor; the next one starts after a pause and replays.
    private static void Singleton(ActorSystem system, string name, string role, Props props)
    {
        var supervised = BackoffSupervisor.Props(Backoff.OnStop(
            props, name, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), 0.2, -1));
        system.ActorOf(
            ClusterSingletonManager.Props(
                supervised,
                PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system)
                    .WithRole(role)
                    .WithSingletonName(SingletonName)),
            name);
    }

    private static IActorRef Proxy(ActorSystem system, string name, string role) => system.ActorOf(
        ClusterSingletonProxy.Props(
            $"/user/{name}",
            ClusterSingletonProxySettings.Create(system).WithRole(role).WithSingletonName(SingletonName)),
        $"{name}-proxy");

    private static void DrainBeforeLeaving(ActorSystem system, IActorRef agent) =>
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown,
            "checkpoint-workers",
            async () =>
            {
                await agent.Ask<NodeAgent.Drained>(new NodeAgent.Drain("shutdown"), DrainTimeout);
                return Done.Instance;
            });
}
