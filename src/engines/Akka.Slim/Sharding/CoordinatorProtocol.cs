using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Between regions, shards and the coordinator of one type.</summary>
internal static class CoordinatorProtocol
{
    public sealed record Register(IActorRef Region, bool IsProxy);

    public sealed record RegisterAck(IActorRef Coordinator);

    public sealed record GetShardHome(string ShardId);

    public sealed record ShardHome(string ShardId, IActorRef Region);

    /// <summary>The region is to start the shard.</summary>
    public sealed record HostShard(string ShardId);

    /// <summary>First step of a move: forget the home and keep messages back.</summary>
    public sealed record BeginHandOff(string ShardId);

    public sealed record BeginHandOffAck(string ShardId);

    /// <summary>Second step, to the owner: stop the entities.</summary>
    public sealed record HandOff(string ShardId);

    /// <summary>The last step: no entity of the shard is alive.</summary>
    public sealed record ShardStopped(string ShardId);

    public sealed record GracefulShutdownRequest(IActorRef Region);

    public sealed record GetRegions;
}
