using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>What makes one sharded type.</summary>
internal sealed record ShardedType(
    string Name,
    Func<string, Props> EntityProps,
    ClusterShardingSettings Settings,
    EnvelopeExtractor Extractor,
    IShardAllocationStrategy Allocation,
    object HandOffStopMessage);
