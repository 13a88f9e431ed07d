using System.Collections.Immutable;
using Akka.Store;

namespace Akka.Cluster.Sharding;

/// <summary>The rules of <see cref="IShardHomes"/> as transactions.</summary>
internal static class ShardHomeTransactions
{
    public static async ValueTask<ShardHomesRead> Begin(IMembershipStatements store, string typeName)
    {
        // Whoever changes homes holds the same lock: after this, it sees the new epoch.
        await store.LockShardType(typeName).ConfigureAwait(false);
        var epoch = await store.NextEpoch().ConfigureAwait(false);
        await store.PutShardType(typeName, epoch).ConfigureAwait(false);
        var members = await MemberUids(store).ConfigureAwait(false);
        var homes = new List<ShardHomeRow>();
        foreach (var home in await store.ShardHomes(typeName).ConfigureAwait(false))
        {
            if (members.Contains(home.RegionUid))
            {
                homes.Add(home);
            }
            else
            {
                await store.DeleteShardHome(typeName, home.ShardId).ConfigureAwait(false);
            }
        }

        return new ShardHomesRead(epoch, homes);
    }

    public static async ValueTask<HomesChanged> Change(
        IMembershipStatements store, string typeName, long epoch, IReadOnlyList<HomeChange> changes)
    {
        if (await store.LockShardType(typeName).ConfigureAwait(false) != epoch)
        {
            return HomesChanged.Fenced;
        }

        var members = changes.Any(change => change is HomeChange.Release { OnlyIfGone: true })
            ? await MemberUids(store).ConfigureAwait(false) : [];
        var refused = ImmutableHashSet.CreateBuilder<string>();
        foreach (var change in changes)
        {
            switch (change)
            {
                case HomeChange.Give give:
                    var row = new ShardHomeRow(give.ShardId, give.RegionUid, give.RegionPath);
                    await store.PutShardHome(typeName, row).ConfigureAwait(false);
                    break;
                case HomeChange.Release { OnlyIfGone: true } release when members.Contains(release.RegionUid):
                    refused.Add(release.ShardId);
                    break;
                default:
                    await store.DeleteShardHome(typeName, change.ShardId).ConfigureAwait(false);
                    break;
            }
        }

        return new HomesChanged(false, refused.ToImmutable());
    }

    private static async ValueTask<HashSet<int>> MemberUids(IMembershipStatements store)
    {
        var rows = await store.Members().ConfigureAwait(false);
        return [.. rows.Members.Select(member => member.Uid)];
    }
}
