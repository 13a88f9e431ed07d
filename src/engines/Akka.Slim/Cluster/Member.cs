using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>
/// One incarnation of a node in one state. Members are equal where they are the same incarnation.
/// </summary>
public class Member : IComparable<Member>, IComparable
{
    internal const int NotYetUp = int.MaxValue;

    /// <summary>By host, then by port.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>The oldest first; what is not up yet comes last.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(CompareAges);

    internal Member(
        UniqueAddress uniqueAddress,
        int upNumber,
        MemberStatus status,
        ImmutableHashSet<string> roles,
        AppVersion appVersion)
    {
        UniqueAddress = uniqueAddress;
        UpNumber = upNumber;
        Status = status;
        Roles = roles;
        AppVersion = appVersion;
    }

    public UniqueAddress UniqueAddress { get; }

    public MemberStatus Status { get; }

    public ImmutableHashSet<string> Roles { get; }

    public Address Address => UniqueAddress.Address;

    /// <summary>Of the program that it runs.</summary>
    public AppVersion AppVersion { get; }

    /// <summary>Grows with each member that comes up.</summary>
    internal int UpNumber { get; }

    public bool HasRole(string role) => Roles.Contains(role);

    public bool IsOlderThan(Member other) => CompareAges(this, other) < 0;

    public Member Copy(MemberStatus status) => new(UniqueAddress, UpNumber, status, Roles, AppVersion);

    public Member CopyUp(int upNumber) =>
        new(UniqueAddress, upNumber, MemberStatus.Up, Roles, AppVersion);

    public int CompareTo(Member? other) => UniqueAddress.CompareTo(other?.UniqueAddress);

    public int CompareTo(object? obj) => CompareTo(obj as Member);

    public override bool Equals(object? obj) =>
        obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, "
        + $"role=[{string.Join(",", Roles.Order())}])";

    private static int CompareAddresses(Address? left, Address? right)
    {
        var byHost = string.CompareOrdinal(left?.Host, right?.Host);
        return byHost != 0 ? byHost : Comparer<int>.Default.Compare(left?.Port ?? 0, right?.Port ?? 0);
    }

    private static int CompareAges(Member? left, Member? right)
    {
        var byAge = Comparer<int>.Default.Compare(left?.UpNumber ?? NotYetUp, right?.UpNumber ?? NotYetUp);
        return byAge != 0 ? byAge : Comparer<Member>.Default.Compare(left, right);
    }
}
