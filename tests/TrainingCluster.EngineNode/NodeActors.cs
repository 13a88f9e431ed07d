using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Pattern;
using TrainingCluster.EngineNode.Actors;
using TrainingCluster.EngineNode.Log;
using TrainingCluster.EngineNode.Messages;

namespace TrainingCluster.EngineNode;

/// <summary>Everything that runs on a node once it is up.</summary>
internal static class NodeActors
{
    /// <summary>Persistence id of the singleton.</summary>
    public const string Ledger = "ledger";

    private const string EntityType = "entity";
    private const int Shards = 30;
    private static readonly TimeSpan LedgerTick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> EntityIds(int count) =>
        Enumerable.Range(1, count).Select(number =>
            string.Create(CultureInfo.InvariantCulture, $"entity-{number}"));

    public static void Start(ActorSystem system, NodeOptions options, IncarnationLog log)
    {
        var targets = new Dictionary<string, IActorRef> { [Ledger] = StartLedger(system, options, log) };
        var region = StartEntities(system, log);
        foreach (var id in EntityIds(options.Entities))
        {
            targets.Add(id, region);
        }

        system.ActorOf(Props.Create(() => new PeerWatch(log)), PeerWatch.Name);
        if (options.HasLoad)
        {
            var pace = new LoadPace(options.Pause, options.Retry);
            system.ActorOf(Props.Create(() => new LoadClient(log, pace, targets)), "client");
            system.ActorOf(Props.Create(() => new HeartbeatActor(log)), "heartbeats");
        }
    }

    private static IActorRef StartLedger(ActorSystem system, NodeOptions options, IncarnationLog log)
    {
        TimeSpan? tick = options.HasLoad ? LedgerTick : null;
        var ledger = BackoffSupervisor.Props(Backoff.OnStop(
            Props.Create(() => new Keeper(Ledger, log, tick)),
            "keeper",
            ShortestBackoff,
            LongestBackoff,
            randomFactor: 0.2,
            maxNrOfRetries: -1));
        system.ActorOf(
            ClusterSingletonManager.Props(ledger, ClusterSingletonManagerSettings.Create(system)), Ledger);
        return system.ActorOf(
            ClusterSingletonProxy.Props($"/user/{Ledger}", ClusterSingletonProxySettings.Create(system)),
            "ledger-proxy");
    }

    private static IActorRef StartEntities(ActorSystem system, IncarnationLog log) =>
        ClusterSharding.Get(system).Start(
            EntityType,
            id => Props.Create(() => new Keeper(id, log, null)),
            ClusterShardingSettings.Create(system),
            HashCodeMessageExtractor.Create(Shards, message => (message as Command)?.Target));
}
