using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <param name="Uid">The incarnation of its node.</param>
/// <param name="Shards">What lives there.</param>
/// <param name="Coming">What is to live there as soon as it is kept.</param>
/// <param name="IsRegistered">False where only the store has told of it.</param>
/// <param name="IsLeaving">Wants to get rid of its shards and gets no new ones.</param>
internal sealed record HostingRegion(
    int Uid,
    ImmutableSortedSet<string> Shards,
    ImmutableSortedSet<string> Coming,
    bool IsRegistered,
    bool IsLeaving);

/// <summary>Which regions there are and which shards live in which; what a coordinator knows.</summary>
internal sealed record ShardAllocations
{
    private static readonly ImmutableSortedSet<string> NoShards =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private ShardAllocations()
    {
    }

    public static ShardAllocations Empty { get; } = new();

    public ImmutableSortedDictionary<IActorRef, HostingRegion> Regions { get; private init; } =
        ImmutableSortedDictionary<IActorRef, HostingRegion>.Empty;

    public ImmutableSortedSet<IActorRef> Proxies { get; private init; } = [];

    public ImmutableDictionary<string, IActorRef> Homes { get; private init; } =
        ImmutableDictionary<string, IActorRef>.Empty;

    /// <summary>Whoever may have heard of homes.</summary>
    public IEnumerable<IActorRef> Everybody => Regions.Keys.Concat(Proxies);

    public bool IsRegistered(IActorRef region) =>
        Proxies.Contains(region) || Regions.GetValueOrDefault(region) is { IsRegistered: true };

    /// <summary>Where shards may go; what is on its way there counts as there.</summary>
    public ImmutableSortedDictionary<IActorRef, IImmutableList<string>> Candidates(
        Func<IActorRef, bool> isReachable)
    {
        var willing = Regions.Where(region => region.Value is { IsRegistered: true, IsLeaving: false })
            .ToList();
        var preferred = willing.Where(region => isReachable(region.Key)).ToList();
        return (preferred.Count > 0 ? preferred : willing).ToImmutableSortedDictionary(
            region => region.Key,
            region => (IImmutableList<string>)
                region.Value.Shards.Union(region.Value.Coming).ToImmutableList());
    }

    public ShardAllocations Register(IActorRef region, int uid) =>
        With(region, EntryOf(region, uid) with { IsRegistered = true });

    public ShardAllocations RegisterProxy(IActorRef proxy) => this with { Proxies = Proxies.Add(proxy) };

    public ShardAllocations Leave(IActorRef region) =>
        Regions.TryGetValue(region, out var entry) ? With(region, entry with { IsLeaving = true }) : this;

    public ShardAllocations Expect(string shardId, IActorRef region) =>
        Regions.TryGetValue(region, out var entry)
            ? With(region, entry with { Coming = entry.Coming.Add(shardId) }) : this;

    public ShardAllocations Give(string shardId, IActorRef region, int uid)
    {
        var free = Release(shardId);
        var entry = free.EntryOf(region, uid);
        var with = entry with { Shards = entry.Shards.Add(shardId), Coming = entry.Coming.Remove(shardId) };
        return free.With(region, with) with
        {
            Homes = free.Homes.Add(shardId, region),
        };
    }

    public ShardAllocations Release(string shardId)
    {
        if (!Homes.TryGetValue(shardId, out var region))
        {
            return this;
        }

        var homeless = this with { Homes = Homes.Remove(shardId) };
        return Regions.TryGetValue(region, out var entry)
            ? homeless.With(region, entry with { Shards = entry.Shards.Remove(shardId) })
            : homeless;
    }

    /// <summary>The region, or proxy, and the homes there are forgotten.</summary>
    public ShardAllocations Without(IActorRef region)
    {
        var without = this with { Regions = Regions.Remove(region), Proxies = Proxies.Remove(region) };
        return Regions.TryGetValue(region, out var entry)
            ? without with { Homes = without.Homes.RemoveRange(entry.Shards) }
            : without;
    }

    /// <summary>Who is there stays; where shards live has to be found out anew.</summary>
    public ShardAllocations WithoutHomes() => this with
    {
        Homes = Homes.Clear(),
        Regions = Regions.ToImmutableSortedDictionary(
            region => region.Key, region => region.Value with { Shards = NoShards, Coming = NoShards }),
    };

    private HostingRegion EntryOf(IActorRef region, int uid) =>
        Regions.GetValueOrDefault(region) ?? new HostingRegion(uid, NoShards, NoShards, false, false);

    private ShardAllocations With(IActorRef region, HostingRegion entry) =>
        this with { Regions = Regions.SetItem(region, entry) };
}
