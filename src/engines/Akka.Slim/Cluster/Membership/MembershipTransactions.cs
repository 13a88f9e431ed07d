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
        return WhyRefused(rows.Epoch, highestEpoch) is { } refusal
            ? LeaseRound.Refused(refusal)
            : new LeaseRound(await store.RenewLease(uid), rows);
    }

    /// <summary>Becomes a member unless the address is taken.</summary>
    public static async ValueTask<JoinOutcome> Join(
        IMembershipStatements store, string clusterName, MemberRow self, long highestEpoch)
    {
        await store.CreateCluster(clusterName);
        if (WhyRefused(await store.LockCluster(), clusterName, highestEpoch) is { } refusal)
        {
            return new JoinOutcome(LeaseRound.Refused(refusal), null);
        }

        var present = await store.Members();
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
        var round = await store.InsertMember(joining)
            ? new LeaseRound(true, await store.Members())
            : LeaseRound.Refused($"The uid {self.Uid} is another node's; start a new actor system.");
        return new JoinOutcome(round, null);
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

    private static string? WhyRefused(ClusterRow? cluster, string clusterName, long highestEpoch)
    {
        if (cluster is null)
        {
            return "The row of the cluster has vanished.";
        }

        return cluster.Name == clusterName
            ? WhyRefused(cluster.Epoch, highestEpoch)
            : $"It belongs to the cluster \"{cluster.Name}\"; this actor system is called \"{clusterName}\".";
    }

    private static string? WhyRefused(long epoch, long highest) => epoch >= highest
        ? null
        : $"It is at epoch {epoch}, but epoch {highest} has been seen: it is an old copy, or commits were lost. If "
            + "that is so on purpose, stop all nodes and remove their akka-slim.store.epoch-file.";
}

/// <param name="IsRenewed">False where this node is down or gone.</param>
/// <param name="Rows">All members.</param>
/// <param name="Refusal">Why this node must not use the store; null where it may.</param>
internal sealed record LeaseRound(bool IsRenewed, MembershipRows Rows, string? Refusal = null)
{
    public static LeaseRound Refused(string why) => new(false, new MembershipRows(0, []), why);
}

/// <param name="Round">As if the lease had been renewed; not, where the address is taken.</param>
/// <param name="Holder">Who has the address; null where this node is a member now.</param>
internal sealed record JoinOutcome(LeaseRound Round, MemberRow? Holder);

internal enum ChangeOutcome
{
    Done,
    NobodyThere,
    Again,
}
