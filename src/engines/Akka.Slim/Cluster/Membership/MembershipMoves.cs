using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>Carries moves out.</summary>
internal static class MembershipMoves
{
    /// <summary>False where there was nothing left to do, or the member has moved on meanwhile.</summary>
    public static Task<bool> Carry(IStores stores, LeaderMove move) => move switch
    {
        LeaderMove.BringUp up => stores.Membership.Write(
            store => MembershipTransactions.BringUp(store, up.Uids)),
        LeaderMove.LetGo go => stores.Membership.Write(
            store => store.SetStatus(go.Uid, MemberStatus.Leaving, MemberStatus.Exiting, null)),
        LeaderMove.TakeDown down => stores.Membership.Write(store => store.SetDown(down.Uid, down.Lease)),
        LeaderMove.Remove remove => Remove(stores, remove.Uid),
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "It is no move."),
    };

    /// <summary>
    /// The queue is closed before the row goes: once others see that the member is gone, nothing of it can
    /// arrive any more.
    /// </summary>
    public static async Task<bool> Remove(IStores stores, int uid)
    {
        await stores.Queues.Write(async store =>
        {
            await store.CloseEndpoint(uid);
            await store.DeleteFramesOf(uid);
            return true;
        }).ConfigureAwait(false);
        return await stores.Membership.Write(store => store.DeleteMember(uid)).ConfigureAwait(false);
    }
}
