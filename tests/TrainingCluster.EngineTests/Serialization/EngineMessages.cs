namespace TrainingCluster.EngineTests.Serialization;

/// <summary>
/// What the engine's own messages are called between nodes, now and for ever: lines may be added, and the
/// names of types may change; a number with its name never does.
/// </summary>
internal static class EngineMessages
{
    public static readonly IReadOnlyList<string> All =
    [
        "16 boolean System.Boolean",
        "16 double System.Double",
        "16 ref Akka.Actor.IActorRef",
        "16 done Akka.Done",
        "16 not-used Akka.NotUsed",
        "16 poison-pill Akka.Actor.PoisonPill",
        "16 kill Akka.Actor.Kill",
        "16 identify Akka.Actor.Identify",
        "16 identity Akka.Actor.ActorIdentity",
        "16 success Akka.Actor.Status+Success",
        "16 failure Akka.Actor.Status+Failure",
        "16 selection Akka.Actor.ActorSelectionMessage",
        "9 all-topics Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol+AllTopics",
        "9 topic Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol+TopicChanged",
        "9 version Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol+TopicsVersion",
        "9 get-all-topics Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol+GetAllTopics",
        "9 deliver Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol+Deliver",
        "9 deliver-to-groups Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol+DeliverToGroups",
        "9 publish Akka.Cluster.Tools.PublishSubscribe.Publish",
        "13 envelope Akka.Cluster.Sharding.ShardingEnvelope",
        "13 start Akka.Cluster.Sharding.ShardRegion+StartEntity",
        "13 started Akka.Cluster.Sharding.ShardRegion+StartEntityAck",
        "13 shutdown Akka.Cluster.Sharding.GracefulShutdown",
        "13 register Akka.Cluster.Sharding.CoordinatorProtocol+Register",
        "13 register-ack Akka.Cluster.Sharding.CoordinatorProtocol+RegisterAck",
        "13 register-refused Akka.Cluster.Sharding.CoordinatorProtocol+RegisterRefused",
        "13 register-again Akka.Cluster.Sharding.CoordinatorProtocol+RegisterAgain",
        "13 shutdown-request Akka.Cluster.Sharding.CoordinatorProtocol+GracefulShutdownRequest",
        "13 get-home Akka.Cluster.Sharding.CoordinatorProtocol+GetShardHome",
        "13 home Akka.Cluster.Sharding.CoordinatorProtocol+ShardHome",
        "13 host Akka.Cluster.Sharding.CoordinatorProtocol+HostShard",
        "13 begin-hand-off Akka.Cluster.Sharding.CoordinatorProtocol+BeginHandOff",
        "13 begin-hand-off-ack Akka.Cluster.Sharding.CoordinatorProtocol+BeginHandOffAck",
        "13 hand-off Akka.Cluster.Sharding.CoordinatorProtocol+HandOff",
        "13 stopped Akka.Cluster.Sharding.CoordinatorProtocol+ShardStopped",
        "13 get-region-state Akka.Cluster.Sharding.GetShardRegionState",
        "13 region-state Akka.Cluster.Sharding.CurrentShardRegionState",
        "13 get-region-stats Akka.Cluster.Sharding.GetShardRegionStats",
        "13 region-stats Akka.Cluster.Sharding.ShardRegionStats",
        "13 get-cluster-stats Akka.Cluster.Sharding.GetClusterShardingStats",
        "13 cluster-stats Akka.Cluster.Sharding.ClusterShardingStats",
        "13 get-regions Akka.Cluster.Sharding.GetCurrentRegions",
        "13 regions Akka.Cluster.Sharding.CurrentRegions",
        "14 hand-over-to-me Akka.Cluster.Tools.Singleton.SingletonProtocol+HandOverToMe",
        "14 hand-over-in-progress Akka.Cluster.Tools.Singleton.SingletonProtocol+HandOverInProgress",
        "14 hand-over-done Akka.Cluster.Tools.Singleton.SingletonProtocol+HandOverDone",
    ];
}
