using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Between regions and the coordinator of one type.</summary>
internal static class CoordinatorProtocol
{
    /// <summary>
    /// From the coordinator of an epoch; regions ignore those of older ones, which may come late.
    /// </summary>
    public interface IFromCoordinator
    {
        long Epoch { get; }
    }

    public interface IToCoordinator;

    /// <param name="Region">Who registers.</param>
    /// <param name="Uid">The incarnation of its node.</param>
    /// <param name="IsProxy">Hosts nothing.</param>
    /// <param name="NumberOfShards">By its extractor; 0 where that does not say.</param>
    /// <param name="Hosted">Shards that run there.</param>
    /// <param name="Stopping">Shards of a hand-over that an earlier coordinator began.</param>
    public sealed record Register(
        IActorRef Region,
        int Uid,
        bool IsProxy,
        int NumberOfShards,
        ImmutableArray<string> Hosted,
        ImmutableArray<string> Stopping) : IToCoordinator;

    public sealed record RegisterAck(long Epoch, IActorRef Coordinator) : IFromCoordinator;

    /// <summary>The region's extractor has another number of shards than the coordinator's.</summary>
    public sealed record RegisterRefused(long Epoch, int NumberOfShards) : IFromCoordinator;

    /// <summary>The coordinator does not know the region.</summary>
    public sealed record RegisterAgain(long Epoch) : IFromCoordinator;

    public sealed record GetShardHome(string ShardId) : IToCoordinator;

    public sealed record ShardHome(long Epoch, string ShardId, IActorRef Region) : IFromCoordinator;

    /// <summary>The region is to start the shard.</summary>
    public sealed record HostShard(long Epoch, string ShardId) : IFromCoordinator;

    /// <summary>First step of a move: forget the home and keep messages back.</summary>
    public sealed record BeginHandOff(long Epoch, long Move, string ShardId) : IFromCoordinator;

    public sealed record BeginHandOffAck(long Epoch, long Move, string ShardId) : IToCoordinator;

    /// <summary>Second step, to the owner: stop the entities.</summary>
    public sealed record HandOff(long Epoch, long Move, string ShardId) : IFromCoordinator;

    /// <summary>The last step: no entity of the shard is alive.</summary>
    public sealed record ShardStopped(long Epoch, long Move, string ShardId) : IToCoordinator;

    public sealed record GracefulShutdownRequest(IActorRef Region) : IToCoordinator;
}
