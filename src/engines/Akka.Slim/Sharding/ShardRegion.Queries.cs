using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>What can be asked.</summary>
public sealed partial class ShardRegion
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(3);

    private void Answer(IShardRegionQuery query)
    {
        switch (query)
        {
            case GetShardRegionState:
                _ = State().PipeTo(Sender, Self);
                break;
            case GetShardRegionStats:
                _ = Stats().PipeTo(Sender, Self);
                break;
            case GetClusterShardingStats or GetCurrentRegions when _coordinator is not null:
                _coordinator.Forward(query);
                break;
            case GetClusterShardingStats:
                Sender.Tell(
                    new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty), Self);
                break;
            case GetCurrentRegions:
                Sender.Tell(new CurrentRegions(ImmutableHashSet<Address>.Empty), Self);
                break;
            default:
                Unhandled(query);
                break;
        }
    }

    private async Task<CurrentShardRegionState> State() =>
        new([.. await ShardStates().ConfigureAwait(false)]);

    private async Task<ShardRegionStats> Stats()
    {
        var states = await ShardStates().ConfigureAwait(false);
        return new ShardRegionStats(
            states.ToImmutableDictionary(state => state.ShardId, state => state.EntityIds.Count));
    }

    /// <summary>Shards that do not answer, as without the right to act, are left out.</summary>
    private async Task<List<ShardState>> ShardStates()
    {
        var answers = _shards.All.Select(shard => Ask(shard.Ref)).ToList();
        var states = new List<ShardState>();
        foreach (var answer in answers)
        {
            if (await answer.ConfigureAwait(false) is { } state)
            {
                states.Add(state);
            }
        }

        return states;
    }

    private static async Task<ShardState?> Ask(IActorRef shard)
    {
        try
        {
            return await shard.Ask<ShardState>(new Shard.GetState(), QueryTimeout).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
