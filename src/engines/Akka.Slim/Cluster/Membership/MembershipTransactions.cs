using Akka.Actor;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>What is changed about members, each as the body of one transaction.</summary>
internal static class MembershipTransactions
{
    /// <summary>Reads what is so and raises the own lease; changes nothing in a store that it refuses.</summary>
    public static async ValueTask<LeaseRound> Renew(IMembershipStatements store, int uid, long highestEpoch)
    {
        var rows = await store.Members();
        return rows.Epoch < highestEpoch
            ? LeaseRound.Old(rows)
            : new LeaseRound(await store.RenewLease(uid), rows);
    }

    /// <summary>Becomes a member unless the address is taken.</summary>
    public static async ValueTask<JoinOutcome> Join(
        IMembershipStatements store, string clusterName, MemberRow self, long highestEpoch)
    {
        await store.CreateCluster(clusterName);
        var cluster = await store.LockCluster();
        var present = await store.Members();
        if (cluster?.Name != clusterName)
        {
            return JoinOutcome.Refused(
                $"It belongs to the cluster \"{cluster?.Name}\"; this actor system is called \"{clusterName}\".");
        }

        if (present.Epoch < highestEpoch)
        {
            return new JoinOutcome(LeaseRound.Old(present), null);
        }

        if (present.Members.Any(member => member.Uid == self.Uid && member.Address == self.Address))
        {
            // An earlier attempt was committed, and only its answer got lost.
            return new JoinOutcome(await Renew(store, self.Uid, highestEpoch), null);
        }

        if (present.Members.FirstOrDefault(member => member.Address == self.Address) is { } holder)
        {
            return new JoinOutcome(new LeaseRound(false, present), holder);
        }

        var joining = self with { JoinEpoch = await store.NextEpoch() };
        return await store.InsertMember(joining)
            ? new JoinOutcome(new LeaseRound(true, await store.Members()), null)
            : JoinOutcome.Refused($"The uid {self.Uid} is another node's; start a new actor system.");
    }

    /// <summary>False where nobody was waiting to come up any more.</summary>
    public static async ValueTask<bool> BringUp(IMembershipStatements store, IEnumerable<int> uids)
    {
        var changed = false;
        foreach (var uid in uids)
        {
            var upNumber = checked((int)await store.NextEpoch());
            changed |= await store.SetStatus(uid, MemberStatus.Joining, MemberStatus.Up, upNumber);
        }

        return changed;
    }

    /// <summary>The incarnations at the address begin their way out.</summary>
    public static ValueTask<ChangeOutcome> Leave(IMembershipStatements store, Address address) => Change(
        store,
        address,
        static status => status is MemberStatus.Joining or MemberStatus.Up,
        static (store, member) => store.SetStatus(member.Uid, member.Status, MemberStatus.Leaving, null));

    /// <summary>The incarnations at the address lose their membership.</summary>
    public static ValueTask<ChangeOutcome> Down(IMembershipStatements store, Address address) => Change(
        store,
        address,
        static status => status is not MemberStatus.Down,
        static (store, member) => store.SetDown(member.Uid, member.Lease));

    private static async ValueTask<ChangeOutcome> Change(
        IMembershipStatements store,
        Address address,
        Predicate<MemberStatus> applies,
        Func<IMembershipStatements, MemberRow, ValueTask<bool>> change)
    {
        var text = address.ToString();
        var there = (await store.Members()).Members.Where(member => member.Address == text).ToList();
        var outcome = there.Count == 0 ? ChangeOutcome.NobodyThere : ChangeOutcome.Done;
        foreach (var member in there.Where(member => applies(member.Status)))
        {
            if (!await change(store, member))
            {
                // It was renewed or moved on since it was read.
                outcome = ChangeOutcome.Again;
            }
        }

        return outcome;
    }
}

/// <param name="IsRenewed">False where this node is down or gone.</param>
/// <param name="Rows">All members.</param>
/// <param name="IsOld">The store is behind what was seen before, and was left as it is.</param>
internal sealed record LeaseRound(bool IsRenewed, MembershipRows Rows, bool IsOld = false)
{
    public static LeaseRound Old(MembershipRows rows) => new(false, rows, IsOld: true);
}

/// <param name="Round">As if the lease had been renewed; not, where the address is taken.</param>
/// <param name="Holder">Who has the address; null where this node is a member now.</param>
/// <param name="Refusal">Why this node must not use the store; null where it may.</param>
internal sealed record JoinOutcome(LeaseRound Round, MemberRow? Holder, string? Refusal = null)
{
    public static JoinOutcome Refused(string why) =>
        new(new LeaseRound(false, new MembershipRows(0, [])), null, why);
}

internal enum ChangeOutcome
{
    Done,
    NobodyThere,
    Again,
}
