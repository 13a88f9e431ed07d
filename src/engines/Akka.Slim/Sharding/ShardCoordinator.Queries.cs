using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>What can be asked about all regions.</summary>
internal sealed partial class ShardCoordinator
{
    private void Answer(IShardRegionQuery query)
    {
        switch (query)
        {
            case GetCurrentRegions:
                var addresses = RegisteredRegions().Select(AddressOf).ToImmutableHashSet();
                Sender.Tell(new CurrentRegions(addresses), Self);
                break;
            case GetClusterShardingStats stats:
                _ = Stats(stats.Timeout).PipeTo(Sender, Self);
                break;
            default:
                Unhandled(query);
                break;
        }
    }

    private IEnumerable<IActorRef> RegisteredRegions() =>
        _state.Regions.Where(region => region.Value.IsRegistered).Select(region => region.Key);

    private Address AddressOf(IActorRef region) =>
        region.Path.Address.HasLocalScope ? _cluster.SelfAddress : region.Path.Address;

    /// <summary>Regions that do not answer in time are left out.</summary>
    private async Task<ClusterShardingStats> Stats(TimeSpan timeout)
    {
        var answers = RegisteredRegions()
            .Select(region => (AddressOf(region), Ask(region, timeout))).ToList();
        var stats = ImmutableDictionary.CreateBuilder<Address, ShardRegionStats>();
        foreach (var (address, answer) in answers)
        {
            if (await answer.ConfigureAwait(false) is { } known)
            {
                stats[address] = known;
            }
        }

        return new ClusterShardingStats(stats.ToImmutable());
    }

    private static async Task<ShardRegionStats?> Ask(IActorRef region, TimeSpan timeout)
    {
        try
        {
            return await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, timeout)
                .ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
