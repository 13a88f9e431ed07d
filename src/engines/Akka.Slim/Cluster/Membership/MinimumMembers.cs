using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>How many must have joined, in all and of each role, before any comes up.</summary>
internal sealed record MinimumMembers(int Total, ImmutableDictionary<string, int> ByRole)
{
    /// <exception cref="ConfigurationException">A number is less than 1.</exception>
    public static MinimumMembers Read(Config config, int total)
    {
        var roles = config.GetConfig("akka.cluster.role");
        var byRole = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var (role, _) in roles?.AsEnumerable() ?? [])
        {
            var minimum = roles!.GetInt($"\"{role}\".min-nr-of-members", 1);
            byRole[role] = minimum >= 1
                ? minimum
                : throw new ConfigurationException(
                    $"akka.cluster.role.{role}.min-nr-of-members is {minimum}; it must be at least 1.");
        }

        return new MinimumMembers(total, byRole.ToImmutable());
    }

    public bool IsReachedBy(IEnumerable<MemberRow> members)
    {
        var present = members.Where(static member =>
            member.Status is MemberStatus.Joining or MemberStatus.Up or MemberStatus.Leaving).ToList();
        return present.Count >= Total && ByRole.All(minimum =>
            present.Count(member => RoleText.Split(member.Roles).Contains(minimum.Key)) >= minimum.Value);
    }
}

/// <summary>Roles as a row has them.</summary>
internal static class RoleText
{
    public static string Join(IEnumerable<string> roles) => string.Join(',', roles.Order(StringComparer.Ordinal));

    public static ImmutableHashSet<string> Split(string roles) =>
        [.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
