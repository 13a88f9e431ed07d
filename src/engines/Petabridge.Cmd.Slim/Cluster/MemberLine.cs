using Akka.Cluster;
using Akka.Util;

namespace Petabridge.Cmd.Cluster;

/// <summary>How a member is written: address, roles, status, reachability and the version of its program.</summary>
internal static class MemberLine
{
    public static string Of(Member member, ClusterEvent.CurrentClusterState state)
    {
        var roles = string.Join(", ", member.Roles.Order(StringComparer.Ordinal));
        var status = member.Status.ToString().ToLowerInvariant();
        var reach = state.Unreachable.Contains(member) ? " unreachable" : "";
        var line = $"{member.Address} | [{roles}] | {status} |{reach}";
        return member.AppVersion.Equals(AppVersion.Zero)
            ? line
            : $"{line}{(reach == "" ? " " : "")} | {member.AppVersion}";
    }
}
