using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace TrainingCluster.Cluster.Jobs;

/// <summary>The trainers' place in the cluster.</summary>
internal static class TrainerRegion
{
    /// <summary>Permanent; another name, or another number of shards, is another set of entities.</summary>
    public const string TypeName = "strategy-trainer";

    public static IActorRef Start(ActorSystem system, TrainerTools tools) =>
        ClusterSharding.Get(system).Start(
            TypeName,
            entityId => StrategyTrainer.Props(entityId, tools),
            ClusterShardingSettings.Create(system).WithRole(Hosting.Roles.Trainer),
            new AttemptExtractor(tools.Options.NumberOfShards),
            new StayingShards(),
            PoisonPill.Instance);

    /// <summary>For nodes that only speak to trainers.</summary>
    public static IActorRef StartProxy(ActorSystem system, int numberOfShards) =>
        ClusterSharding.Get(system).StartProxy(
            TypeName, Hosting.Roles.Trainer, new AttemptExtractor(numberOfShards));

    private sealed class AttemptExtractor(int numberOfShards) : HashCodeMessageExtractor(numberOfShards)
    {
        public override string EntityId(object message) =>
            message is IAboutAttempt about ? about.Attempt.EntityId : null!;
    }

    /// <summary>
    /// New shards go to the node with the fewest; none is ever moved while its node is there, because a moved
    /// trainer gains nothing: its worker stays where it is.
    /// </summary>
    private sealed class StayingShards : IShardAllocationStrategy
    {
        public Task<IActorRef> AllocateShard(
            IActorRef requester,
            string shardId,
            IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
            Task.FromResult(currentShardAllocations
                .OrderBy(region => region.Value.Count)
                .ThenBy(region => region.Key.Path.ToString(), StringComparer.Ordinal)
                .First().Key);

        public Task<IImmutableSet<string>> Rebalance(
            IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
            IImmutableSet<string> rebalanceInProgress) =>
            Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);
    }
}
