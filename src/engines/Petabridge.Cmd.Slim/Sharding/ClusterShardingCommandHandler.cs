using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Cluster.Sharding;

/// <summary>Runs the palette <c>cluster-sharding</c>.</summary>
internal sealed class ClusterShardingCommandHandler : CommandHandlerActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ClusterSharding _sharding = ClusterSharding.Get(Context.System);
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    public ClusterShardingCommandHandler()
        : base(ClusterShardingCommands.Definitions)
    {
        Process("list-regions", _ => Sender.Tell(new CommandResponse(
            string.Join('\n', _sharding.ShardTypeNames.Order(StringComparer.Ordinal)))));
        Process("list-shards", (_, arguments) => Ask<CurrentShardRegionState>(
            arguments.ArgumentValues("region").Single(), GetShardRegionState.Instance, Shards));
        Process("region-stats", (_, arguments) =>
        {
            var type = arguments.ArgumentValues("region").Single();
            Ask<ClusterShardingStats>(type, new GetClusterShardingStats(Patience), stats => Stats(type, stats));
        });
    }

    private void Ask<TAnswer>(string type, IShardRegionQuery question, Func<TAnswer, string> text)
    {
        IActorRef region;
        try
        {
            region = _sharding.ShardRegion(type);
        }
        catch (ArgumentException)
        {
            Sender.Tell(new ErroredCommandResponse(
                "this node has no region of that type; 'cluster-sharding list-regions' lists them"));
            return;
        }

        region.Ask<TAnswer>(question, Patience * 2).PipeTo(
            Sender,
            success: answer => new CommandResponse(text(answer)),
            failure: _ => new ErroredCommandResponse("the region did not answer in time"));
    }

    private static string Shards(CurrentShardRegionState region) => string.Join('\n', region.Shards
        .OrderBy(shard => shard.ShardId, StringComparer.Ordinal)
        .Select(shard => $"shard: {shard.ShardId} | entities: {shard.EntityIds.Count}")
        .Append($"Count: {region.Shards.Count} shards"));

    // The coordinator lives on the oldest of the nodes that have a region.
    private string Stats(string type, ClusterShardingStats stats)
    {
        var state = _cluster.State;
        var members = state.Members.Where(member => stats.Regions.ContainsKey(member.Address)).ToList();
        var oldest = members.Where(member => member.Status is MemberStatus.Up or MemberStatus.Leaving)
            .Aggregate((Member?)null, (old, member) => old is null || member.IsOlderThan(old) ? member : old);
        return string.Join('\n', members.Select(member =>
        {
            var region = stats.Regions[member.Address].Stats;
            var coordinator = member.Equals(oldest) ? $" [coordinator]({type})" : "";
            return $"{MemberLine.Of(member, state)}{coordinator} | shards: {region.Count} "
                + $"| entities: {region.Values.Sum()}";
        }));
    }
}
