using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using TrainingCluster.EngineTests.Persistence;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineTests.Cluster.Sharding;

/// <summary>One node whose region or coordinator talks to probes.</summary>
public abstract class RegionKit : TestKit
{
    protected RegionKit(string more = "")
        : base(ConfigurationFactory.ParseString(more).WithFallback(ConfigurationFactory.ParseString(
            """
            akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster }
            akka.test.default-timeout = 20s
            akka.test.single-expect-default = 20s
            akka.cluster.sharding { retry-interval = 1h, rebalance-interval = 1h }
            # No coordinator answers a region of these tests when the node goes.
            akka.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout = 100ms
            """)))
    {
        var cluster = ClusterNode.Get(Sys);
        Assert.True(cluster.JoinAsync(cluster.SelfAddress).Wait(TimeSpan.FromSeconds(20)));
    }

    protected Transcript Transcript { get; } = new();

    internal ShardedType Type(IMessageExtractor? extractor = null, ManualResetEventSlim? gate = null)
    {
        var settings = ClusterShardingSettings.Create(Sys);
        return new ShardedType(
            "telling",
            id => TellingActor.Props(id, Transcript, gate),
            settings,
            new EnvelopeExtractor(extractor ?? new NodesHarness.FirstLetterExtractor()),
            ClusterSharding.Get(Sys).DefaultShardAllocationStrategy(settings),
            TellingActor.Finish);
    }

    internal IActorRef Region(TestProbe coordinator, ShardedType? type = null) => Sys.ActorOf(
        Props.CreateBy(new RegionProducer(type ?? Type(), coordinator)));

    private sealed class RegionProducer(ShardedType type, IActorRef coordinator) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ShardRegion);

        public ActorBase Produce() => new ShardRegion(type, coordinator, isProxy: false);

        public void Release(ActorBase actor)
        {
        }
    }
}
