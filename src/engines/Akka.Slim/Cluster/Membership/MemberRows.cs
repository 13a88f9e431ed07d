using System.Collections.Immutable;
using Akka.Actor;
using Akka.Store;
using Akka.Util;

namespace Akka.Cluster.Membership;

/// <summary>Members as rows of the store and as the cluster's API has them.</summary>
internal static class MemberRows
{
    /// <summary>What cannot be understood is left out and reported.</summary>
    public static MembershipState State(
        IEnumerable<MemberRow> rows, Observation seen, Action<string> onCorrupt)
    {
        var members = ImmutableSortedSet.CreateBuilder<Member>();
        var unreachable = ImmutableHashSet.CreateBuilder<Member>();
        foreach (var row in rows)
        {
            if (ToMember(row) is not { } member)
            {
                onCorrupt($"The row of member {row.Uid} cannot be understood: its address is \"{row.Address}\".");
                continue;
            }

            members.Add(member);
            if (seen.Unreachable.Contains(row.Uid))
            {
                unreachable.Add(member);
            }
        }

        return new MembershipState(members.ToImmutable(), unreachable.ToImmutable());
    }

    private static Member? ToMember(MemberRow row) =>
        Address.TryParse(row.Address, out var address)
            ? new Member(
                new UniqueAddress(address, row.Uid),
                row.UpNumber,
                row.Status,
                RoleText.Split(row.Roles),
                VersionOf(row.AppVersion))
            : null;

    private static AppVersion VersionOf(string text)
    {
        try
        {
            return AppVersion.Create(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return AppVersion.Zero;
        }
    }
}
