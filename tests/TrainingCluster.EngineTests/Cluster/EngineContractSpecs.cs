using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Serialization;
using static Akka.Cluster.Sharding.CoordinatorProtocol;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace TrainingCluster.EngineTests.Cluster;

/// <summary>What nodes send each other about singletons, shards and topics.</summary>
public sealed class EngineContractSpecs : IDisposable
{
    private readonly ExtendedActorSystem _system = (ExtendedActorSystem)ActorSystem.Create("contracts");

    public void Dispose() => _system.Terminate().Wait(TimeSpan.FromSeconds(10));

    [Fact]
    public void Every_message_comes_back_as_it_was_sent()
    {
        var samples = Samples().ToList();

        foreach (var serializer in Serializers())
        {
            foreach (var (manifest, type) in serializer.Contracts)
            {
                var sample = Assert.Single(samples, sample => sample.GetType() == type);
                var bytes = serializer.ToBinary(sample);
                var back = serializer.FromBinary(bytes, manifest);
                Assert.Equal(manifest, serializer.Manifest(back));
                Assert.Equal(bytes, serializer.ToBinary(back));
                Assert.Equivalent(sample, back);
            }
        }
    }

    private IEnumerable<object> Samples()
    {
        var self = _system.ActorOf(Props.Empty);
        var address = new Address("akka.tcp", "contracts", "host", 1);
        var stats = new ShardRegionStats(ImmutableDictionary<string, int>.Empty.Add("x", 3));
        var counts = new TopicCounts("news", ImmutableSortedDictionary<string, int>.Empty.Add("group", 2));
        return
        [
            new Register(self, 7, true, 10, ["x"], ["y", "z"]),
            new RegisterAck(5, self),
            new RegisterRefused(5, 10),
            new RegisterAgain(5),
            new GracefulShutdownRequest(self),
            new GetShardHome("x"),
            new ShardHome(5, "x", self),
            new HostShard(5, "x"),
            new BeginHandOff(5, 2, "x"),
            new BeginHandOffAck(5, 2, "x"),
            new HandOff(5, 2, "x"),
            new ShardStopped(5, 2, "x"),
            new ShardingEnvelope("x1", "payload"),
            new ShardRegion.StartEntity("x1"),
            new ShardRegion.StartEntityAck("x1", "x"),
            GracefulShutdown.Instance,
            GetShardRegionState.Instance,
            new CurrentShardRegionState([new ShardState("x", ["x1"])]),
            GetShardRegionStats.Instance,
            stats,
            new GetClusterShardingStats(TimeSpan.FromSeconds(3)),
            new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty.Add(address, stats)),
            GetCurrentRegions.Instance,
            new CurrentRegions([address]),
            new AllTopics(7, 3, [counts]),
            new TopicChanged(7, 4, counts),
            new TopicsVersion(7, 4),
            new GetAllTopics(),
            new Deliver("news", "payload"),
            new DeliverToGroups("news", ["group"], "payload"),
            new Publish("news", "payload", sendOneMessageToEachGroup: true),
            new SingletonProtocol.HandOverToMe(7),
            new SingletonProtocol.HandOverInProgress(),
            new SingletonProtocol.HandOverDone(7),
        ];
    }

    private IEnumerable<EngineSerializer> Serializers() =>
        [new PubSubSerializer(_system), new ShardingSerializer(_system), new SingletonSerializer(_system)];
}
